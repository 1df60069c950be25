// The reader's pure functions, where samples do not reach: overlaps, moved and orphaned anchors, astral characters within.
import assert from "node:assert/strict";
import { test } from "node:test";
import { join } from "node:path";

const { runs, piecesOf } = await import(join(process.env.ISNAD_READER, "reader.js"));

const piece = (start, end, id = "one", last = true) => ({ start, end, statement: { id }, last });
/** A run in short: its text, then the statements over it and the types of its marks. */
const inShort = (made) => made.map(({ text, pieces, marks }) => [text, pieces.map(({ statement }) => statement.id).join("+"), marks.map(({ type }) => type).join("+")]);

test("a text without marks and statements is one run", () => {
  assert.deepEqual(inShort(runs("النص كله")), [["النص كله", "", ""]]);
});

test("an empty text has no runs", () => {
  assert.deepEqual(runs("", [], [piece(0, 1)]), []);
});

test("statements that overlap share the run in which they do", () => {
  assert.deepEqual(inShort(runs("abcdef", [], [piece(0, 4, "one"), piece(2, 6, "two")])),
    [["ab", "one", ""], ["cd", "one+two", ""], ["ef", "two", ""]]);
});

test("marks and statements cut each other and neither is lost", () => {
  const marks = [{ start: 1, end: 4, type: "link", url: "https://a.example/" }, { start: 3, end: 5, type: "strong" }];
  assert.deepEqual(inShort(runs("abcdef", marks, [piece(2, 6)])),
    [["a", "", ""], ["b", "", "link"], ["c", "one", "link"], ["d", "one", "link+strong"], ["e", "one", "strong"], ["f", "one", ""]]);
});

test("offsets count UTF-16 code units, before and within the words", () => {
  const text = "🚨 «𐤀 قال 🐟» ثم";
  const exact = "𐤀 قال 🐟";
  const start = text.indexOf(exact);
  assert.equal(start, 4, "the siren counts two");
  assert.deepEqual(inShort(runs(text, [], [piece(start, start + exact.length)])), [["🚨 «", "", ""], [exact, "one", ""], ["»", "", ""], [" ثم", "", ""]]);
});

test("the number follows what closes the quotation, once, after its last piece", () => {
  const made = runs("“One,” she said, “and two.” Then", [], [piece(1, 5, "one", false), piece(18, 26, "one", true)]);
  assert.deepEqual(made.filter(({ notes }) => notes.length > 0).map(({ text }) => text), ["”"]);
  assert.equal(made.findIndex(({ notes }) => notes.length > 0), made.length - 2);
  assert.equal(runs("«\u00a0Oui\u00a0», dit-il", [], [piece(2, 5)]).find(({ notes }) => notes.length > 0).text, "\u00a0»,");
});

test("the runs, joined, are the text, and offsets that are none of it are passed over", () => {
  const text = "نص with 𝐀 and more";
  for (const [start, end] of [[0, 2], [3, 3], [-1, 4], [5, 99], [7, 5]]) {
    const made = runs(text, [{ start, end, type: "emphasis" }], [piece(start, end)]);
    assert.equal(made.map((run) => run.text).join(""), text);
    assert.equal(made.some(({ pieces }) => pieces.length > 0), start === 0, `${start} to ${end}`);
  }
});

test("a statement has a piece for its anchor and each continuation, in the places that they name", () => {
  const anchor = { in: "body", block: 3, item: 1, start: 0, end: 2, state: "moved", continued: [{ block: 4, start: 5, end: 9 }] };
  const places = (anchor) => piecesOf({ anchor }).map(({ place, last }) => [place, last]);
  assert.deepEqual(places(anchor), [["body/3/1", false], ["body/4", true]]);
  assert.deepEqual(places({ in: "title", start: 0, end: 2, state: "ok" }), [["title", true]]);
});

test("a statement without an anchor, or whose words are gone, is marked nowhere", () => {
  assert.deepEqual(piecesOf({}), []);
  assert.deepEqual(piecesOf({ anchor: { in: "body", block: 0, start: 0, end: 2, state: "orphaned" } }), []);
});
