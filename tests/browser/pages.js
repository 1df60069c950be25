// What every test stands on: a browser, the reader served on loopback, and a watch over all that a page does.
import { createReadStream } from "node:fs";
import { createServer } from "node:http";
import { extname, join } from "node:path";
import { after, test } from "node:test";
import assert from "node:assert/strict";
import { chromium } from "playwright-core";

export const api = new URL(process.env.ISNAD_URL).origin;

/** The JSON that the API answers, asked without the browser. */
export async function fetched(path) {
  const response = await fetch(new URL(path, api));
  assert.equal(response.status, 200, path);
  return response.json();
}

/** All sample articles, whole. */
export async function wholeArticles() {
  const { data, page } = await fetched("/v1/articles?limit=100&include=body,statements");
  assert.equal(page.next, null, "the samples fit on one page");
  return data;
}

const FILES = { "/": "index.html", "/index.html": "index.html", "/reader.js": "reader.js" };
const TYPES = { ".html": "text/html; charset=utf-8", ".js": "text/javascript; charset=utf-8" };
const server = createServer((request, response) => {
  const file = FILES[new URL(request.url, "http://reader").pathname];
  if (!file) return response.writeHead(404).end();
  response.writeHead(200, { "content-type": TYPES[extname(file)], "cache-control": "no-store" });
  createReadStream(join(process.env.ISNAD_READER, file)).pipe(response);
});
await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
const origin = `http://127.0.0.1:${server.address().port}`;

/** The address of a page of the reader. */
export const reader = (route = "#/articles") => `${origin}/?api=${encodeURIComponent(api)}${route}`;
export const articleRoute = ({ slug }) => `#/articles/${encodeURIComponent(slug)}`;

const browser = await chromium.launch({
  executablePath: "/usr/bin/chromium",
  args: [
    // Root has no sandbox in Chromium. Names other than loopback lead nowhere, should a page ask for one all the same.
    ...(process.getuid() === 0 ? ["--no-sandbox"] : []),
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
    "--no-proxy-server", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
  ],
});

after(async () => {
  await browser.close();
  server.close();
});

/** A page of its own context and empty profile, and the list of everything about it that should not have happened. */
export async function watchedPage(options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, reducedMotion: "reduce", ...options });
  context.setDefaultTimeout(60_000);
  const seen = [];
  await context.addInitScript(() => addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) =>
    console.error(`content security policy: ${violatedDirective} ${blockedURI}`)));
  context.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) seen.push(`console ${message.type()}: ${message.text()}`);
  });
  context.on("weberror", (error) => seen.push(`page error: ${error.error().message}`));
  context.on("requestfailed", (request) => seen.push(`failed request: ${request.url()} ${request.failure().errorText}`));
  context.on("response", (response) => response.status() >= 400 && seen.push(`status ${response.status()}: ${response.url()}`));
  context.on("request", (request) => {
    const { protocol, origin: asked } = new URL(request.url());
    if (!["data:", "file:"].includes(protocol) && ![origin, api].includes(asked)) seen.push(`outside request: ${request.url()}`);
  });
  return { page: await context.newPage(), seen };
}

/** A test on a page on which nothing may happen that should not: no error or warning, no failed or outside request. */
export function pageTest(name, body, options) {
  test(name, async (context) => {
    const { page, seen } = await watchedPage(options);
    try {
      await body(page, context, seen);
      assert.deepEqual(seen, [], "what the page should not have done");
    } finally {
      await page.context().close();
    }
  });
}

/** Opens a page of the reader and waits until what it shows is there. */
export async function open(page, route) {
  await page.goto(reader(route));
  await page.locator("main[aria-busy=false]").waitFor();
}

export async function screenshot(page, name, options) {
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  await page.screenshot({ path: join(process.env.ISNAD_SCREENSHOTS, `${name}.png`), ...options });
}
