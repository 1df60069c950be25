// Where letters really stand on a page, measured, whatever the style sheet says.

/** For each line of the element: its letters from the first to the last as written, with their left and right edges. */
export function linesOf(locator) {
  return locator.evaluate((element) => {
    const letters = [];
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const node = walker.currentNode;
      for (let start = 0; start < node.data.length; start++) {
        const range = document.createRange();
        range.setStart(node, start);
        range.setEnd(node, start + 1);
        const box = range.getClientRects()[0];
        // Combining marks and spaces at a line's end have no width.
        if (!box?.width || !node.data[start].trim()) continue;
        letters.push({ letter: node.data[start], left: box.left, right: box.right, middle: (box.top + box.bottom) / 2, height: box.height });
      }
    }
    const lines = [];
    for (const letter of letters) {
      const line = lines.at(-1);
      if (line && Math.abs(line[0].middle - letter.middle) < letter.height / 2) line.push(letter);
      else lines.push([letter]);
    }
    return lines;
  });
}

/** The left and right edge of where an element's text may stand. */
export function contentEdges(locator) {
  return locator.evaluate((element) => {
    const box = element.getBoundingClientRect();
    const style = getComputedStyle(element);
    return { left: box.left + parseFloat(style.paddingLeft), right: box.right - parseFloat(style.paddingRight) };
  });
}
