// For every sample article: what the reader shows is the API's text to the byte, and exactly its anchors are marked in it.
import assert from "node:assert/strict";
import { articleRoute, open, pageTest, wholeArticles } from "./pages.js";

const articles = await wholeArticles();

/** Every text of an article by its place, as the API has it. */
function textsOf({ title, summary, body }) {
  const texts = { title };
  if (summary) texts.summary = summary;
  body.forEach((block, index) => {
    if ("text" in block) texts[`body/${index}`] = block.text;
    (block.items ?? []).forEach((item, number) => { texts[`body/${index}/${number}`] = item; });
  });
  return texts;
}

/** What is to be marked: for each statement the stretches of text that its anchor names. */
function stretchesOf({ statements }) {
  return Object.fromEntries(statements.filter(({ anchor }) => anchor).map(({ id, anchor }) => [id,
    [anchor, ...(anchor.continued ?? [])].map(({ in: place = "body", block, item, start, exact }) =>
      ({ place: [place, block, item].filter((part) => part !== undefined).join("/"), start, text: exact }))]));
}

/** What the page shows: its texts by place, and every marked, linked or emphasised stretch, neighbours put together. */
const shownOn = (page) => page.evaluate(() => {
  const texts = {}, statements = {}, marks = {};
  const add = (list, place, start, text) => {
    const last = list.at(-1);
    if (last?.place === place && last.start + last.text.length === start) last.text += text;
    else list.push({ place, start, text });
  };
  for (const parent of document.querySelectorAll("[data-place]")) {
    const { place } = parent.dataset;
    texts[place] = parent.textContent;
    const walker = document.createTreeWalker(parent, NodeFilter.SHOW_TEXT);
    let start = 0;
    while (walker.nextNode()) {
      const { parentElement, data } = walker.currentNode;
      for (let element = parentElement; element !== parent; element = element.parentElement) {
        if (element.localName === "mark") for (const id of element.dataset.statement.split(" ")) add(statements[id] ??= [], place, start, data);
        else add(marks[element.getAttribute("href") ?? element.localName] ??= [], place, start, data);
      }
      start += data.length;
    }
  }
  return { texts, statements, marks, strays: document.querySelectorAll("mark:not([data-place] mark)").length };
});

const isAstral = (text) => /[\u{10000}-\u{10ffff}]/u.test(text);

pageTest("every text is the API's to the byte, and exactly the anchored words are marked", async (page, context) => {
  const checked = { statements: 0, continued: 0, inLists: 0, inTitles: 0, afterAstral: 0, unanchored: 0 };
  for (const article of articles) {
    await page.goto("about:blank");
    await open(page, articleRoute(article));
    const { texts, statements, strays } = await shownOn(page);
    const expected = textsOf(article);
    assert.deepEqual(Object.keys(texts), Object.keys(expected), `the texts of ${article.slug}, in order`);
    for (const [place, text] of Object.entries(expected)) {
      assert.ok(Buffer.from(texts[place], "utf16le").equals(Buffer.from(text, "utf16le")), `${article.slug} ${place}: ${texts[place]}`);
    }
    assert.deepEqual(statements, stretchesOf(article), article.slug);
    assert.equal(strays, 0, "nothing is marked outside the texts");

    for (const { anchor } of article.statements) {
      checked.statements++;
      if (!anchor) { checked.unanchored++; continue; }
      if (anchor.continued) checked.continued++;
      if (anchor.item !== undefined) checked.inLists++;
      if (anchor.in === "title") checked.inTitles++;
      const place = [anchor.in, anchor.block, anchor.item].filter((part) => part !== undefined).join("/");
      if (isAstral(expected[place].slice(0, anchor.start))) checked.afterAstral++;
    }
  }
  for (const [what, number] of Object.entries(checked)) assert.ok(number > 0, `no sample of: ${what}`);
  context.diagnostic(`${articles.length} articles, ${JSON.stringify(checked)}`);
});

pageTest("links, emphasis, captions and pictures' words are those of the API", async (page) => {
  for (const article of articles) {
    await page.goto("about:blank");
    await open(page, articleRoute(article));
    const expected = {};
    article.body.forEach(({ text, marks = [] }, index) => marks.forEach(({ start, end, type, url }) => {
      (expected[url ?? { strong: "strong", emphasis: "em" }[type]] ??= []).push({ place: `body/${index}`, start, text: text.slice(start, end) });
    }));
    assert.deepEqual((await shownOn(page)).marks, expected, article.slug);

    const figures = [article.image && { type: "image", ...article.image }, ...article.body].filter((block) => ["image", "embed", "quote"].includes(block?.type));
    assert.deepEqual(await page.locator("figcaption").allTextContents(),
      figures.map(({ caption = "", credit = "" }) => caption + credit).filter(Boolean), article.slug);
    assert.deepEqual(await page.locator(".picture > :first-child > span").allTextContents(), figures.filter(({ alt }) => alt).map(({ alt }) => alt), article.slug);
  }
});

pageTest("beside the text stands each statement with its chain, from the mouth outward", async (page) => {
  for (const article of articles) {
    await page.goto("about:blank");
    await open(page, articleRoute(article));
    const shown = await page.locator(".statement").evaluateAll((all) => all.map((statement) => ({
      words: statement.querySelector(".words").textContent,
      form: statement.querySelector(".form span:not(.ordinal)").className,
      chain: [...statement.querySelectorAll(".hop")].map((hop) => ({
        role: ["speaker", "relay", "outlet"].find((role) => hop.classList.contains(role)),
        unnamed: hop.classList.contains("unnamed"),
        party: hop.querySelector(".party").textContent,
        cue: hop.querySelector(".cue")?.textContent,
      })),
      // Drawn from top to bottom.
      falls: [...statement.querySelectorAll(".hop")].map((hop) => hop.getBoundingClientRect())
        .every(({ top }, index, boxes) => index === 0 || top >= boxes[index - 1].bottom),
    })));
    assert.deepEqual(shown, article.statements.map(({ quote, form, attribution }) => ({
      words: quote,
      form,
      chain: attribution.map(({ role, speaker, outlet, anonymous, as_named: named, cue }) =>
        ({ role, unnamed: Boolean(anonymous), party: named ?? (speaker ?? outlet)?.name ?? anonymous.label, cue })),
      falls: true,
    })), article.slug);
  }
});
