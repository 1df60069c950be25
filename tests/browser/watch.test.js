// The watch itself: a test that can see nothing would pass for ever.
import assert from "node:assert/strict";
import { test } from "node:test";
import { open, watchedPage } from "./pages.js";

test("the watch sees errors, warnings, outside and failed requests, and breaches of the content security policy", async () => {
  const { page, seen } = await watchedPage();
  await open(page);
  assert.deepEqual(seen, [], "all is quiet before");
  await page.evaluate(async () => {
    console.warn("a warning");
    console.error("an error");
    setTimeout(() => { throw new Error("thrown"); });
    await fetch("/nothing-here");
    await fetch("http://outside.example/").catch(() => {});
    try { document.body.innerHTML = "<b>parsed</b>"; } catch { /* the policy refuses markup from strings */ }
    document.body.append(Object.assign(document.createElement("img"), { src: "http://127.0.0.1:9/picture.png" }));
  });
  const expected = [/^console warning: a warning/, /^console error: an error/, /^page error: thrown/, /^status 404: .*nothing-here/,
    /^outside request: http:\/\/outside\.example/, /^failed request: http:\/\/outside\.example/,
    /content security policy: require-trusted-types-for/, /content security policy: img-src/];
  const missing = () => expected.filter((pattern) => !seen.some((line) => pattern.test(line)));
  while (missing().length > 0) {
    const next = await page.context().waitForEvent("console", { timeout: 5_000 }).catch(() => null);
    if (!next) break;
  }
  assert.deepEqual(missing(), [], `seen: ${seen.join("\n")}`);
  await page.context().close();
});
