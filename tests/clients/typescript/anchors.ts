// Anchors: the words of a statement, sliced out of its article's text.
import assert from "node:assert/strict";
import type { Article, Block, Statement } from "./schema.js";

/** The text of a block, or of one item of a list. */
function textOf(block: Block, item: number | undefined): string {
  switch (block.type) {
    case "heading":
    case "paragraph":
    case "quote":
      return block.text;
    case "list": {
      const text = block.items[item ?? -1];
      assert(text !== undefined, `item ${item} of a list of ${block.items.length}`);
      return text;
    }
    case "image":
    case "embed":
      throw new Error(`a ${block.type} has no text of its own`);
  }
}

function textIn(article: Article, block: number | undefined, item: number | undefined): string {
  const found = article.body[block ?? -1];
  assert(found !== undefined, `${article.slug}: block ${block} of ${article.body.length}`);
  return textOf(found, item);
}

/** The text of the article that a statement's anchor lies in. */
function anchoredText(article: Article, anchor: NonNullable<Statement["anchor"]>): string {
  switch (anchor.in) {
    case "title":
      return article.title;
    case "summary":
      return article.summary ?? "";
    case "body":
      return textIn(article, anchor.block, anchor.item);
  }
}

/** Slices all anchored pieces of a statement, each of which must be its `exact`, and tells how many there were. */
export function checkAnchor(article: Article, statement: Statement): number {
  const { anchor } = statement;
  if (anchor === undefined || anchor.state === "orphaned") return 0;

  const text = anchoredText(article, anchor);
  const { start, end } = anchor; // UTF-16 code units, as JavaScript counts
  assert.equal(text.slice(start, end), anchor.exact, `${article.slug}, statement ${statement.position}`);
  assert(text.slice(0, start).endsWith(anchor.prefix), `${article.slug}, statement ${statement.position}: prefix`);
  assert(text.slice(end).startsWith(anchor.suffix), `${article.slug}, statement ${statement.position}: suffix`);

  const continued = anchor.continued ?? [];
  for (const piece of continued) {
    const words = textIn(article, piece.block, piece.item).slice(piece.start, piece.end);
    assert.equal(words, piece.exact, `${article.slug}, statement ${statement.position}, continued`);
  }
  return 1 + continued.length;
}
