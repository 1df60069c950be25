// Everything that is read, read from a server with the samples by what the document's types allow and no more.
import assert from "node:assert/strict";
import { test } from "node:test";
import { checkAnchor } from "./anchors.js";
import { partial, read, refused, whole } from "./client.js";
import { walk } from "./pages.js";
import type { ArticleField, Block, ProblemCode } from "./schema.js";

const arabic = /\p{Script=Arabic}/u;
const withdrawnArticle = "النقل-توقف-خط-العبارات-بين-مرسى-الزيتون-وتارنهولت";

const idOf = ({ id }: { readonly id: string }): string => id;

const articles = await walk(
  "articles",
  (cursor) => read(whole.GET("/v1/articles", { params: { query: { limit: 3, ...cursor } } })),
  idOf,
);
const statements = await walk(
  "statements",
  (cursor) => read(whole.GET("/v1/statements", { params: { query: { limit: 7, sort: "said_at", ...cursor } } })),
  idOf,
);
const speakers = await walk(
  "speakers",
  (cursor) => read(whole.GET("/v1/speakers", { params: { query: { limit: 5, sort: "name", ...cursor } } })),
  idOf,
);
const outlets = await walk(
  "outlets",
  (cursor) => read(whole.GET("/v1/outlets", { params: { query: { limit: 2, ...cursor } } })),
  idOf,
);
const tags = await walk(
  "tags",
  (cursor) => read(whole.GET("/v1/tags", { params: { query: { limit: 4, ...cursor } } })),
  idOf,
);

const arabicArticle = articles.find((article) => arabic.test(article.slug));
const arabicSpeaker = speakers.find((speaker) => arabic.test(speaker.slug) && speaker.statement_count > 0);
const otherSpeaker = speakers.find((speaker) => !arabic.test(speaker.slug) && speaker.statement_count > 0);
const arabicTag = tags.find((tag) => arabic.test(tag.slug));
const outlet = outlets.find((one) => one.article_count > 0);
assert(arabicArticle && arabicSpeaker && otherSpeaker && arabicTag && outlet, "the samples have one of each");

test("the service is well and tells what it holds", async () => {
  assert.equal((await read(whole.GET("/health/live"))).status, "ok");
  assert.equal((await read(whole.GET("/health/ready"))).status, "ok");
  const { counts } = await read(whole.GET("/v1/meta"));
  assert.deepEqual(counts, {
    articles: articles.length,
    statements: statements.length,
    speakers: speakers.length,
    outlets: outlets.length,
    tags: tags.length,
  });
});

test("a count comes with the page when it is asked for", async () => {
  const asked = await read(whole.GET("/v1/articles", { params: { query: { limit: 1, count: true } } }));
  assert.equal(asked.page.total, articles.length);
  const unasked = await read(whole.GET("/v1/articles", { params: { query: { limit: 1 } } }));
  assert.equal(unasked.page.total, undefined);
});

test("things are found by their slugs, Arabic ones too", async () => {
  const article = await read(whole.GET("/v1/articles/{article}", { params: { path: { article: arabicArticle.slug } } }));
  assert.equal(article.id, arabicArticle.id);
  assert.equal(article.direction, "rtl");
  const speaker = await read(whole.GET("/v1/speakers/{speaker}", { params: { path: { speaker: arabicSpeaker.slug } } }));
  assert.deepEqual(speaker, arabicSpeaker);
  const tag = await read(whole.GET("/v1/tags/{tag}", { params: { path: { tag: arabicTag.slug } } }));
  assert.deepEqual(tag, arabicTag);
  for (const one of outlets) {
    assert.deepEqual(await read(whole.GET("/v1/outlets/{outlet}", { params: { path: { outlet: one.slug } } })), one);
  }
  for (const one of statements.slice(0, 3)) {
    assert.deepEqual(await read(whole.GET("/v1/statements/{statement}", { params: { path: { statement: one.id } } })), one);
  }
});

test("every anchor of every article slices to its words", async (context) => {
  let anchored = 0;
  let pieces = 0;
  for (const { slug } of articles) {
    const article = await read(whole.GET("/v1/articles/{article}", { params: { path: { article: slug } } }));
    for (const statement of article.statements) {
      const count = checkAnchor(article, statement);
      anchored += count > 0 ? 1 : 0;
      pieces += count;
    }
  }
  assert(anchored > 0 && pieces > anchored, "there are anchors, and some that are continued");
  context.diagnostic(`${anchored} anchors of ${statements.length} statements, ${pieces} pieces in ${articles.length} articles`);
});

test("an article's statements are a list of their own, in text order", async () => {
  const path = { article: arabicArticle.slug };
  const listed = await walk(
    "an article's statements",
    (cursor) => read(whole.GET("/v1/articles/{article}/statements", { params: { path, query: { limit: 2, ...cursor } } })),
    idOf,
  );
  const article = await read(whole.GET("/v1/articles/{article}", { params: { path } }));
  assert.deepEqual(listed, article.statements);
});

test("related articles share speakers or tags, the nearest first", async () => {
  const path = { article: arabicArticle.slug };
  const related = await walk(
    "related articles",
    (cursor) => read(whole.GET("/v1/articles/{article}/related", { params: { path, query: { limit: 2, ...cursor } } })),
    ({ article }) => article.id,
  );
  const scores = related.map(({ score }) => score);
  assert.deepEqual(scores, scores.toSorted((one, other) => other - one));
  const tagsHere = new Set(arabicArticle.tags.map(idOf));
  for (const { article, shared } of related) {
    assert.notEqual(article.id, arabicArticle.id);
    assert(shared.speakers.length + shared.tags.length > 0, `${article.slug} shares something`);
    const tagsOfBoth = article.tags.map(idOf).filter((id) => tagsHere.has(id));
    assert.deepEqual(shared.tags.map(idOf).sort(), tagsOfBoth.sort(), article.slug);
  }
});

test("a speaker's timeline counts every statement once", async () => {
  const path = { speaker: arabicSpeaker.slug };
  for (const bucket of ["month", "week", "day"] as const) {
    const { data } = await read(whole.GET("/v1/speakers/{speaker}/timeline", { params: { path, query: { bucket } } }));
    const counted = data.reduce((sum, { count }) => sum + count, 0);
    assert.equal(counted, arabicSpeaker.statement_count, bucket);
    const starts = data.map(({ from }) => from);
    assert.deepEqual(starts, [...new Set(starts)].sort(), `${bucket}: one after the other`);
    for (const { count, outlets } of data) {
      assert(outlets.reduce((sum, credited) => sum + credited.count, 0) <= count, "an outlet is credited with what was said");
    }
  }
});

test("what somebody may mean who has begun to type is suggested", async () => {
  for (const speaker of [arabicSpeaker, otherSpeaker]) {
    const { speakers, outlets, tags, articles } = await read(
      whole.GET("/v1/suggest", { params: { query: { q: speaker.name, thing: ["speaker", "tag"], limit: 10 } } }),
    );
    const { id, slug, name, kind, statement_count } = speaker;
    assert.deepEqual(speakers.find((one) => one.id === id), { id, slug, name, found_by: null, kind, statement_count });
    assert.deepEqual([outlets, articles], [[], []], "of what was not asked for there is nothing");
    assert(tags.length <= 10);
  }
  const { articles: titled } = await read(whole.GET("/v1/suggest", { params: { query: { q: arabicArticle.title } } }));
  assert.equal(titled[0]?.id, arabicArticle.id);
  assert.equal(titled[0]?.direction, "rtl");
});

/** What a client draws for a block: each kind has members of its own, and the compiler knows which. */
function outline(block: Block): string {
  switch (block.type) {
    case "heading":
      return `${"#".repeat(block.level)} ${block.text}`;
    case "paragraph":
      return (block.marks ?? []).reduce((drawn, mark) => `${drawn} [${mark.type}]`, block.text);
    case "quote":
      return `> ${block.text}${block.caption ?? ""}`;
    case "list":
      return block.items.map((item, index) => `${block.ordered ? index + 1 : "-"} ${item}`).join("\n");
    case "image":
      return `${block.url} (${block.alt})`;
    case "embed":
      return block.url;
  }
}

test("summaries take what is included, and blocks are told apart by their type", async () => {
  const { data } = await read(
    whole.GET("/v1/articles", { params: { query: { limit: 100, include: ["body", "statements", "translations"] } } }),
  );
  const kinds = new Set<Block["type"]>();
  for (const article of data) {
    assert(article.body && article.statements && article.translations, `${article.slug} has what was included`);
    assert.equal(article.statements.length, article.statement_count);
    for (const block of article.body) {
      assert(outline(block).length > 0);
      kinds.add(block.type);
    }
  }
  assert.deepEqual([...kinds].sort(), ["embed", "heading", "image", "list", "paragraph", "quote"]);
  assert(articles.every((article) => article.body === undefined), "and without `include` there is no body");
});

test("`fields` leaves only what it names", async () => {
  const fields: ArticleField[] = ["slug", "title", "outlet"];
  const page = await read(partial.GET("/v1/articles", { params: { query: { limit: 100, fields } } }));
  assert.deepEqual(
    page.data,
    articles.map(({ slug, title, outlet }) => ({ slug, title, outlet })),
  );
  const one = await partial.GET("/v1/articles/{article}", { params: { path: { article: arabicArticle.slug }, query: { fields } } });
  assert.equal(one.response.headers.get("content-type"), "application/vnd.isnad.partial+json");
  const { slug, title, outlet } = arabicArticle;
  assert.deepEqual(one.data, { slug, title, outlet });
});

test("filters take several values", async () => {
  const ids = articles.slice(1, 4).map((article) => article.id);
  const chosen = await read(whole.GET("/v1/articles", { params: { query: { ids } } }));
  assert.deepEqual(chosen.data.map((article) => article.id).sort(), [...ids].sort());

  const speaker = [arabicSpeaker.slug, otherSpeaker.slug];
  const said = await read(whole.GET("/v1/statements", { params: { query: { limit: 100, speaker, form: ["direct", "mixed"] } } }));
  const expected = statements.filter(
    (one) => one.form !== "indirect" && one.speaker !== undefined && speaker.includes(one.speaker.slug),
  );
  assert.deepEqual(said.data.map((one) => one.id).sort(), expected.map((one) => one.id).sort());
  assert.equal(new Set(said.data.map((one) => one.speaker?.slug)).size, 2, "both speakers were found");

  const tagged = await read(whole.GET("/v1/articles", { params: { query: { limit: 100, tag: [arabicTag.slug], outlet: [outlet.slug] } } }));
  assert.deepEqual(
    tagged.data.map((one) => one.id),
    articles
      .filter((one) => one.outlet.slug === outlet.slug && one.tags.some((tag) => tag.slug === arabicTag.slug))
      .map((one) => one.id),
  );
});

test("what the client has already is not sent again", async () => {
  const path = { article: arabicArticle.slug };
  const first = await whole.GET("/v1/articles/{article}", { params: { path } });
  const etag = first.response.headers.get("etag");
  assert(etag !== null, "an article has an ETag");
  const second = await whole.GET("/v1/articles/{article}", { params: { path, header: { "If-None-Match": etag } } });
  assert.equal(second.response.status, 304);
  assert.equal(second.data, undefined);
  assert.equal(second.response.headers.get("etag"), etag);

  const head = await fetch(first.response.url, { method: "HEAD" });
  assert.equal(head.status, 200);
  assert.equal(head.headers.get("etag"), etag);
  assert.equal(await head.text(), "");
});

test("what is wrong is told as a problem", async () => {
  const unknown = await refused(
    // @ts-expect-error The document knows no such parameter, so that a client does not compile with it.
    whole.GET("/v1/articles", { params: { query: { speakers: ["nobody"] } } }),
  );
  // A code is a text: v1 may add some.
  const code: ProblemCode = unknown.code;
  assert.equal(code, "unknown_parameter");
  assert.equal(unknown.status, 400);
  assert.equal(unknown.errors[0]?.parameter, "speakers");

  const missing = await refused(whole.GET("/v1/tags/{tag}", { params: { path: { tag: "no-such-tag" } } }));
  assert.equal(missing.code, "not_found");
  assert.equal(missing.status, 404);
  const gone = await refused(whole.GET("/v1/articles/{article}", { params: { path: { article: withdrawnArticle } } }));
  assert.equal(gone.code, "gone");
  assert.equal(gone.status, 410);
});
