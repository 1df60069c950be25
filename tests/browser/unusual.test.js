// What the samples do not have, put into an answer on its way: uncertain and lost places, overlaps, markup, scripts' addresses.
import assert from "node:assert/strict";
import { articleRoute, open, pageTest, wholeArticles } from "./pages.js";

const article = (await wholeArticles()).find(({ language, statements }) => language === "en" && statements.filter(({ anchor }) => anchor?.in === "body").length >= 4);
const [first, second, third] = article.statements.filter(({ anchor }) => anchor?.in === "body" && !anchor.continued);

/** Opens the article as it would be had `change` been made to it. */
async function openChanged(page, change) {
  await page.route(({ pathname }) => pathname === `/v1/articles/${encodeURIComponent(article.slug)}`, async (route) => {
    const response = await route.fetch();
    const json = await response.json();
    change(json, (id) => json.statements.find((statement) => statement.id === id));
    await route.fulfill({ response, json });
  });
  await open(page, articleRoute(article));
}

const marked = (page, { id }) => page.locator(`mark[data-statement~="${id}"]`);
const beside = (page, { id }) => page.locator(`#statement-${id}`);

pageTest("a moved statement is marked as uncertain and says so; one whose words are gone is listed, not marked", async (page) => {
  await openChanged(page, (_, statement) => {
    statement(first.id).anchor.state = "moved";
    statement(second.id).anchor.state = "orphaned";
  });
  assert.equal(await marked(page, first).first().getAttribute("data-moved"), "true");
  assert.match(await beside(page, first).textContent(), /The place is uncertain/);
  assert.equal(await page.locator(`.number[data-statement="${first.id}"]`).getAttribute("data-number"), `${first.position + 1}?`);
  assert.equal(await marked(page, second).count(), 0);
  assert.match(await beside(page, second).textContent(), /No longer in the text/);
  assert.equal(await beside(page, second).getByRole("link", { name: "Back to the words" }).count(), 0, "there are no words to lead back to");
  assert.equal(await marked(page, third).first().getAttribute("data-moved"), null);
});

pageTest("statements that overlap are both marked whole, across a link that stays one link", async (page) => {
  const text = "One two three four.";
  await openChanged(page, (json, statement) => {
    const block = json.body.push({ type: "paragraph", text, marks: [{ start: 4, end: 13, type: "link", url: "https://three.example/" }] }) - 1;
    const anchor = (start, end) => ({ in: "body", block, start, end, exact: text.slice(start, end), prefix: "", suffix: "", state: "ok" });
    statement(first.id).anchor = anchor(0, 10);
    statement(second.id).anchor = anchor(6, 18);
  });
  const words = async (statement) => (await marked(page, statement).allTextContents()).join("");
  assert.deepEqual([await words(first), await words(second)], ["One two th", "o three four"]);
  const paragraph = page.locator(".text > p[data-place]").last();
  assert.equal(await paragraph.textContent(), text);
  assert.deepEqual(await paragraph.locator("a:not(.number)").allTextContents(), ["two three"]);
  assert.equal(await paragraph.locator("a a").count(), 0, "no link lies in a link");
  await marked(page, first).nth(2).hover();
  assert.deepEqual(await page.locator(".statement.lit").evaluateAll((all) => all.map(({ dataset }) => dataset.statement)), [first.id, second.id]);
});

pageTest("markup in a text stays text, and only http and https addresses become links", async (page) => {
  const text = "<img src=x onerror=alert(1)> and &amp; here";
  await openChanged(page, (json) => {
    json.title = text;
    json.source_url = "javascript:alert(1)";
    json.statements = [];
    const link = (start, end, url) => ({ start, end, type: "link", url });
    json.body = [
      { type: "paragraph", text, marks: [link(0, 4, "javascript:alert(1)"), link(29, 32, "https://safe.example/")] },
      { type: "embed", url: "data:text/html,hello" },
    ];
  });
  assert.equal(await page.locator(".article h1").textContent(), text);
  assert.equal(await page.locator(".text > p[data-place]").textContent(), text);
  assert.equal(await page.locator("main :is(img, script, iframe)").count(), 0);
  const addresses = await page.locator(".text a").evaluateAll((all) => all.map((link) => link.getAttribute("href")).filter((address) => !address.startsWith("#")));
  assert.deepEqual(addresses.filter((address) => !address.startsWith("https://")), []);
  assert.ok(addresses.includes("https://safe.example/"));
});
