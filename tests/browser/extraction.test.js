// What `isnad extract --html` makes of the sample articles: a page that is whole by itself, marked to the letter, and mirrored.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { pageTest, screenshot } from "./pages.js";

const LANGUAGES = { ar: "rtl", en: "ltr", fr: "ltr" };
const extracted = (code, shape) => execFileSync(process.env.ISNAD, ["extract", join(process.env.ISNAD_TEXTS, `${code}.txt`), shape], { encoding: "utf8" });

const statements = {}, addresses = {};
for (const code of Object.keys(LANGUAGES)) {
  statements[code] = JSON.parse(extracted(code, "--json")).article.statements;
  const file = `extracted-${code}.html`;
  writeFileSync(file, extracted(code, "--html"));
  addresses[code] = pathToFileURL(file).href;
}

const phone = { viewport: { width: 390, height: 844 }, hasTouch: true };
const box = (locator) => locator.evaluate((element) => element.getBoundingClientRect().toJSON());
const focused = (page) => page.evaluate(() => document.activeElement.id || document.activeElement.getAttribute("href"));

/** Opens the page of a sample; it must ask for nothing but itself. */
async function openExtracted(page, code) {
  const asked = [];
  page.on("request", (request) => asked.push(request.url()));
  await page.goto(addresses[code]);
  assert.deepEqual(asked, [addresses[code]]);
  const { scroll, inner } = await page.evaluate(() => ({ scroll: document.documentElement.scrollWidth, inner: innerWidth }));
  assert.ok(scroll <= inner, `${code}: nothing sticks out at ${inner} pixels, but ${scroll - inner} do`);
}

for (const [code, direction] of Object.entries(LANGUAGES)) {
  pageTest(`${code}: the words of every statement are marked, and those alone`, async (page) => {
    await openExtracted(page, code);
    assert.ok(statements[code].length >= 5, "a sample in which people speak");
    assert.deepEqual(await page.evaluate(() => [document.documentElement.dir, document.documentElement.lang]), [direction, code]);
    const marked = await page.evaluate((count) => Array.from({ length: count }, (_, at) =>
      [...document.querySelectorAll(`mark.m${at + 1}`)].map(({ textContent }) => textContent).join("")), statements[code].length);
    const said = statements[code].map(({ anchor }) => [anchor, ...(anchor.continued ?? [])].map(({ exact }) => exact).join(""));
    assert.deepEqual(marked, said);
    assert.equal(await page.locator("article mark:not([class*=m])").count(), 0);
    await screenshot(page, `extraction-${code}`, { fullPage: true });
  });

  pageTest(`${code}: on a wide screen every card stands in the margin beside the paragraph of its words`, async (page) => {
    await openExtracted(page, code);
    for (const number of statements[code].keys()) {
      const card = page.locator(`#s${number + 1}`);
      const row = page.locator(".row", { has: card });
      assert.equal(await row.locator(`#m${number + 1}`).count(), 1, "its first words are in that paragraph");
      const [text, margin, beside] = [await box(row.locator(".text")), await box(row.locator(".cards")), await box(card)];
      if (direction === "rtl") assert.ok(beside.right <= text.left, `card ${number + 1} is left of its text`);
      else assert.ok(beside.left >= text.right, `card ${number + 1} is right of its text`);
      assert.ok(Math.abs(margin.top - text.top) < 24, "and begins where that begins");
    }
  });

  pageTest(`${code}: on a phone the cards follow their paragraph`, async (page) => {
    await openExtracted(page, code);
    for (const row of await page.locator(".row:has(.cards)").all()) {
      const [text, cards] = [await box(row.locator(".text")), await box(row.locator(".cards"))];
      assert.ok(cards.top >= text.bottom && cards.width > 300);
    }
    await screenshot(page, `extraction-${code}-phone`, { fullPage: true });
  }, phone);
}

pageTest("a chain is drawn from the mouth outward, and says how each party is named", async (page) => {
  await openExtracted(page, "ar");
  const shown = await page.locator(".card").evaluateAll((cards) => cards.map((card) => [...card.querySelectorAll(".hop")].map((hop) =>
    [hop.classList[1], hop.querySelector(".party").textContent])));
  const written = statements.ar.map(({ attribution }) => attribution.map(({ role, as_named: named, anonymous }) => [role, named ?? anonymous?.label]));
  const roles = (chains) => chains.map((chain) => chain.map(([role]) => role));
  assert.deepEqual(roles(shown), roles(written));
  written.flat().forEach(([, named], at) => {
    const [, party] = shown.flat()[at];
    if (named) assert.equal(party, named);
    else assert.notEqual(party, "", "who is only understood is named all the same");
  });
  assert.ok(shown.some((chain) => chain.length > 1), "somebody carries what another says");
  const tops = await page.locator(".card:has(.hop + .hop) .hop").evaluateAll((hops) => hops.map((hop) =>
    hop.previousElementSibling ? hop.getBoundingClientRect().top - hop.previousElementSibling.getBoundingClientRect().bottom : 0));
  assert.ok(tops.every((gap) => gap >= 0), "from top to bottom");
});

pageTest("the words and their card light up together, whichever is pointed at", async (page) => {
  await openExtracted(page, "ar");
  const look = () => page.evaluate(() => [getComputedStyle(document.querySelector("#s1")).borderTopColor, getComputedStyle(document.querySelector("mark.m1")).backgroundImage]);
  const before = await look();
  await page.locator("mark.m1").first().hover();
  const lit = await look();
  assert.ok(lit.every((style, at) => style !== before[at]), lit.join());
  await page.mouse.move(0, 0);
  assert.deepEqual(await look(), before);
  await page.locator("#s1").hover();
  assert.deepEqual(await look(), lit);
});

pageTest("by keyboard one gets from the words to their card and back", async (page) => {
  await openExtracted(page, "ar");
  for (let pressed = 0; await focused(page) !== "m1"; pressed++) {
    assert.ok(pressed < 5, "the first number is among the first things to be reached");
    await page.keyboard.press("Tab");
  }
  const outline = await page.locator("#m1").evaluate((link) => getComputedStyle(link).outlineStyle);
  assert.equal(outline, "solid", "the focus is seen");
  await page.keyboard.press("Enter");
  await page.waitForURL(/#s1$/);
  await page.keyboard.press("Tab");
  assert.equal(await focused(page), "#m1", "the card's first link leads back");
  await page.keyboard.press("Enter");
  await page.waitForURL(/#m1$/);
  assert.equal(await focused(page), "m1");
});

pageTest("by night the page is dark", async (page) => {
  await openExtracted(page, "ar");
  const paper = await page.evaluate(() => getComputedStyle(document.body).backgroundColor.match(/\d+/g).map(Number));
  assert.ok(Math.max(...paper) < 64, paper.join());
  await screenshot(page, "extraction-ar-night");
}, { colorScheme: "dark" });
