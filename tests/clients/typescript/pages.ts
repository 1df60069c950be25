// Lists read page by page: to the end by `next`, and back to the beginning by `prev`.
import assert from "node:assert/strict";
import type { Page } from "./schema.js";

interface Rows<Row> {
  readonly data: readonly Row[];
  readonly page: Page;
}

/** All rows of a list, of which each was met once on the way there and once on the way back. */
export async function walk<Row>(
  list: string,
  readPage: (cursor: { readonly cursor?: string }) => Promise<Rows<Row>>,
  idOf: (row: Row) => string,
): Promise<Row[]> {
  const first = await readPage({});
  assert.equal(first.page.prev, null, `${list}: nothing stands before the first page`);
  const forward = [first];
  let last = first;
  while (last.page.next !== null) {
    last = await readPage({ cursor: last.page.next });
    forward.push(last);
  }
  assert(forward.length > 1, `${list}: more than one page`);

  const back = [last];
  let current = last;
  while (current.page.prev !== null) {
    current = await readPage({ cursor: current.page.prev });
    back.unshift(current);
  }

  const ids = forward.flatMap((page) => page.data.map(idOf));
  assert.equal(new Set(ids).size, ids.length, `${list}: each row once`);
  assert.deepEqual(
    back.flatMap((page) => page.data.map(idOf)),
    ids,
    `${list}: the same rows on the way back`,
  );
  return forward.flatMap((page) => page.data);
}
