// The reader: lists, pages, opens, lays out by direction, and works by keyboard, on a phone, by day and by night.
import assert from "node:assert/strict";
import { articleRoute, fetched, open, pageTest, reader, screenshot, wholeArticles } from "./pages.js";
import { contentEdges, linesOf } from "./geometry.js";

const articles = await wholeArticles();
const withALongChain = (code) => articles.find(({ language, statements }) => language === code && statements.some(({ attribution }) => attribution.length === 3));
const [arabic, english] = ["ar", "en"].map(withALongChain);
const phone = { viewport: { width: 390, height: 844 }, hasTouch: true };

const titles = (page) => page.locator(".cards h2").allTextContents();
/** Waits until the list shows what the API says it should. */
const listed = (page, title) => page.locator(".cards > li:first-child h2").getByText(title, { exact: true }).waitFor();

pageTest("the list shows all articles in the order of the API, page after page, and leads back", async (page) => {
  await open(page);
  await screenshot(page, "list", { fullPage: true });
  const shown = await titles(page);
  const next = page.getByRole("link", { name: "Older" });
  while (await next.count() > 0) {
    await next.click();
    await listed(page, articles[shown.length].title);
    shown.push(...await titles(page));
  }
  assert.deepEqual(shown, articles.map(({ title }) => title));

  const previous = page.getByRole("link", { name: "Newer" });
  while (await previous.count() > 0) {
    const before = shown.indexOf((await titles(page))[0]);
    await previous.click();
    await listed(page, shown[before - 6]);
  }
  assert.deepEqual(await titles(page), shown.slice(0, 6));
});

pageTest("the language filter shows the articles of that language alone", async (page) => {
  await open(page);
  await page.getByRole("link", { name: "français" }).click();
  const { data } = await fetched("/v1/articles?language=fr&limit=6");
  await listed(page, data[0].title);
  assert.deepEqual(await titles(page), data.map(({ title }) => title));
});

pageTest("an article opens from the list, its address can be shared, and the back button leads to the page it came from", async (page) => {
  await open(page);
  await page.getByRole("link", { name: "Older" }).click();
  await listed(page, articles[6].title);
  await page.getByRole("link", { name: articles[7].title }).click();
  const headline = page.locator(".article h1").getByText(articles[7].title, { exact: true });
  await headline.waitFor();

  const shared = await page.context().newPage();
  await shared.goto(page.url());
  await shared.locator(".article h1").getByText(articles[7].title, { exact: true }).waitFor();
  await shared.close();

  await page.goBack();
  await listed(page, articles[6].title);
  await page.goBack();
  await listed(page, articles[0].title);
});

pageTest("a problem is told in the words of the API", async (page, context, seen) => {
  await open(page, "#/articles?langage=ar");
  const alert = page.getByRole("alert");
  assert.match(await alert.textContent(), /`langage` is no parameter of this resource; did you mean `language`\?/);
  await page.goto(reader("#/articles/%E0%A4%A"));
  await alert.getByText("URI malformed").waitFor();
  // The browser itself logs the 400 that was asked for, and nothing else.
  assert.deepEqual(seen.splice(0).map((line) => line.replace(/: http.*/, "")),
    ["status 400", "console error: Failed to load resource: the server responded with a status of 400 (Bad Request)"]);
});

pageTest("an Arabic article is laid out right to left, from the right edge", async (page) => {
  await open(page, articleRoute(arabic));
  for (const paragraph of await page.locator(".text > p[data-place]").all()) {
    const { right } = await contentEdges(paragraph);
    for (const line of await linesOf(paragraph)) {
      assert.ok(Math.abs(line[0].right - right) < 3, `a line begins ${right - line[0].right} px from the right edge`);
      assert.ok(line.length === 1 || line[0].left >= line.at(-1).right, "the first letter of a line stands right of its last");
    }
  }
  const aside = await page.locator("aside").boundingBox();
  const text = await page.locator(".text").boundingBox();
  assert.ok(aside.x + aside.width <= text.x, "who said what stands at the left of a text that begins at the right");
  await page.locator("mark").nth(1).hover();
  await screenshot(page, "arabic", { fullPage: true });
});

pageTest("an English article is laid out left to right, from the left edge", async (page) => {
  await open(page, articleRoute(english));
  for (const paragraph of await page.locator(".text > p[data-place]").all()) {
    const { left } = await contentEdges(paragraph);
    for (const line of await linesOf(paragraph)) {
      assert.ok(Math.abs(line[0].left - left) < 3, `a line begins ${line[0].left - left} px from the left edge`);
      assert.ok(line.length === 1 || line[0].right <= line.at(-1).left, "the first letter of a line stands left of its last");
    }
  }
  await screenshot(page, "english", { fullPage: true });
});

pageTest("English words quoted within an Arabic paragraph run left to right, full stop included", async (page) => {
  const article = articles.find(({ language, statements }) => statements.some((statement) => statement.language !== language));
  const statement = article.statements.find(({ language }) => language !== article.language);
  assert.deepEqual([article.direction, statement.direction, statement.quote.at(-1)], ["rtl", "ltr", "."]);
  await open(page, articleRoute(article));
  for (const line of await linesOf(page.locator(`mark[data-statement="${statement.id}"]`))) {
    assert.ok(line[0].right <= line.at(-1).left, `${line[0].letter} stands left of ${line.at(-1).letter}`);
  }
});

pageTest("a statement is reached by keyboard, lights its words and its chain, and leads to the chain and back", async (page) => {
  await open(page, articleRoute(arabic));
  const { id } = arabic.statements[0];
  const number = page.locator(`.number[data-statement="${id}"]`);
  const isReached = () => number.evaluate((link) => link === document.activeElement);
  for (let presses = 0; presses < 40 && !(await isReached()); presses++) await page.keyboard.press("Tab");
  const focused = () => page.evaluate(() => document.activeElement.id || document.activeElement.className);
  const lit = () => page.locator(".lit").evaluateAll((all) => [...new Set(all.map(({ localName, dataset }) => `${localName} ${dataset.statement}`))].sort());
  assert.equal(await focused(), "number lit", "the number after the words is a stop of the Tab key");
  assert.deepEqual(await lit(), [`a ${id}`, `li ${id}`, `mark ${id}`]);

  await page.keyboard.press("Enter");
  await page.waitForURL(/\?statement=/);
  assert.equal(await focused(), `statement-${id}`);
  assert.deepEqual(await lit(), [`a ${id}`, `li ${id}`, `mark ${id}`]);
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  assert.equal(await focused(), "number lit", "back at the words");
});

pageTest("pointing at the words lights the chain, and at the chain the words", async (page) => {
  await open(page, articleRoute(english));
  const { id } = english.statements[1];
  const mark = page.locator(`mark[data-statement="${id}"]`).first();
  const chain = page.locator(`#statement-${id}`);
  const isLit = (locator) => locator.evaluate(({ classList }) => classList.contains("lit"));
  await mark.hover();
  assert.deepEqual([await isLit(mark), await isLit(chain)], [true, true]);
  await page.locator("h1").hover();
  assert.deepEqual([await isLit(mark), await isLit(chain)], [false, false]);
  await chain.hover();
  assert.deepEqual([await isLit(mark), await isLit(chain)], [true, true]);
});

pageTest("a shared statement is shown and focused when its address is opened", async (page) => {
  const { id } = english.statements.at(-1);
  await open(page, `${articleRoute(english)}?statement=${id}`);
  assert.equal(await page.evaluate(() => document.activeElement.id), `statement-${id}`);
});

pageTest("on a wide screen a chain stands level with its words or below the chain before it", async (page) => {
  for (const article of [arabic, english]) {
    await open(page, articleRoute(article));
    await page.locator(".article").and(page.locator(`[lang="${article.language}"]`)).waitFor();
    await page.locator('.statement[style*="--lower"]').first().waitFor();
    const boxes = await page.locator(".statement").evaluateAll((all) => all.map((statement) => {
      const { top, bottom } = statement.getBoundingClientRect();
      return { top, bottom, words: document.querySelector(`mark[data-statement~="${statement.dataset.statement}"]`)?.getBoundingClientRect().top };
    }));
    boxes.forEach(({ top, words }, index) => {
      if (words === undefined) return;
      const before = boxes[index - 1]?.bottom ?? -Infinity;
      assert.ok(top >= words - 1, `statement ${index} stands above its words`);
      assert.ok(top - words < 20 || top - before < 20, `statement ${index} stands away from its words without need`);
    });
  }
});

pageTest("related articles stand below, as the API ranks them, with what they share", async (page) => {
  await open(page, articleRoute(arabic));
  const { data } = await fetched(`/v1/articles/${arabic.id}/related?limit=4`);
  assert.ok(data.length > 0);
  assert.deepEqual(await titles(page), data.map(({ article }) => article.title));
  assert.deepEqual(await page.locator(".shared").evaluateAll((all) => all.map((line) => [...line.querySelectorAll("bdi")].map((name) => name.textContent))),
    data.map(({ shared }) => [...shared.speakers, ...shared.tags].map(({ name }) => name)));
});

pageTest("on a phone no page is wider than the screen", async (page) => {
  for (const route of ["#/articles", ...articles.map(articleRoute)]) {
    await page.goto("about:blank");
    await open(page, route);
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 390, decodeURIComponent(route));
  }
  await open(page);
  await listed(page, articles[0].title);
  await screenshot(page, "phone-list", { fullPage: true });
  await page.goto("about:blank");
  await open(page, articleRoute(arabic));
  await screenshot(page, "phone-arabic", { fullPage: true });
}, phone);

for (const colorScheme of ["light", "dark"]) {
  pageTest(`words stand out from their ground: ${colorScheme}`, async (page) => {
    await open(page, articleRoute(english));
    const dim = await page.evaluate(() => {
      const lightness = (colour) => {
        const linear = (value) => value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
        const [red, green, blue] = colour.match(/[\d.]+/g).slice(0, 3).map((value) => linear(value / 255));
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
      };
      const groundOf = (element) => {
        const ground = getComputedStyle(element).backgroundColor;
        return ground !== "rgba(0, 0, 0, 0)" || !element.parentElement ? ground : groundOf(element.parentElement);
      };
      const faint = [];
      for (const element of document.querySelectorAll("main *")) {
        const hasWords = [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
        if (!hasWords && !element.matches(".number")) continue;
        const [lower, higher] = [getComputedStyle(element).color, groundOf(element)].map(lightness).sort((a, b) => a - b);
        const contrast = (higher + 0.05) / (lower + 0.05);
        if (contrast < 4.5) faint.push(`${element.localName}.${element.className}: ${contrast.toFixed(2)}`);
      }
      return [...new Set(faint)];
    });
    assert.deepEqual(dim, [], "less than 4.5 to 1, as WCAG has it");
    await screenshot(page, colorScheme, { fullPage: true });
  }, { colorScheme });
}
