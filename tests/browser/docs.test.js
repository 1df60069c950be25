// The server's own pages: the landing page, and Swagger UI, in which Arabic must read as Arabic.
import assert from "node:assert/strict";
import { api, fetched, pageTest, screenshot } from "./pages.js";
import { linesOf } from "./geometry.js";

pageTest("the landing page opens and leads to the docs", async (page) => {
  await page.goto(`${api}/`);
  await page.getByRole("link", { name: "Explore the API" }).click();
  await page.locator(".opblock").first().waitFor();
});

pageTest("the docs show every operation of the document", async (page) => {
  await page.goto(`${api}/docs/`);
  await page.locator(".opblock").first().waitFor();
  const { paths } = await fetched("/openapi.json");
  const described = Object.entries(paths).flatMap(([path, methods]) => Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`));
  // Swagger UI puts zero-width spaces into paths, so that they may break.
  const shown = await page.locator(".opblock-summary").evaluateAll((summaries) => summaries.map((summary) =>
    `${summary.querySelector(".opblock-summary-method").textContent} ${summary.querySelector("[data-path]").dataset.path}`));
  assert.deepEqual(shown.sort(), described.sort());
  await screenshot(page, "docs");
});

pageTest("trying out the article list answers 200, and its Arabic is laid out right to left", async (page) => {
  await page.goto(`${api}/docs/`);
  const operation = page.locator('[id$="-list_articles"]');
  await operation.locator(".opblock-summary").click();
  // The server turns trying out on at once; whoever turned it off turns it on again.
  await operation.getByRole("button", { name: "Cancel" }).click();
  await operation.getByRole("button", { name: "Try it out" }).click();
  await operation.getByRole("button", { name: "Execute" }).click();
  const answer = operation.locator(".live-responses-table");
  const body = answer.locator(".highlight-code pre").first();
  await body.waitFor();
  assert.equal((await answer.locator("tbody .response-col_status").first().innerText()).trim(), "200");

  const { data } = await fetched("/v1/articles");
  assert.deepEqual(JSON.parse(await body.textContent()), await fetched("/v1/articles"), "the answer shown is the answer given");

  let stops = 0;
  for (const { title, summary } of data.filter(({ direction }) => direction === "rtl").slice(0, 3)) {
    for (const text of [title, summary]) {
      const words = body.locator("span").getByText(JSON.stringify(text), { exact: true });
      for (const line of await linesOf(words.first())) {
        const letters = line.filter(({ letter }) => /\p{Script=Arabic}/u.test(letter));
        assert.ok(letters[0].left > letters.at(-1).right, `the first letter stands right of the last: ${text}`);
        // Were the line not taken as Arabic, its full stop would stand at the right, before the first letter.
        const [stop, quotationMark] = line.slice(-2);
        if (stop.letter !== "." || quotationMark.letter !== '"') continue;
        assert.ok(stop.right <= Math.min(...letters.map(({ left }) => left)) + 0.5, `the full stop stands at the left end: ${text}`);
        stops++;
      }
    }
  }
  assert.ok(stops > 0, "no Arabic text that ends with a full stop was measured");
  await answer.scrollIntoViewIfNeeded();
  await screenshot(page, "docs-try-it-out");
});
