// An editor's program: an article from draft to deletion, names that turn out to be one, and keys.
import assert from "node:assert/strict";
import { test } from "node:test";
import { administration, desk, done, importer, keyed, read, refused, whole } from "./client.js";
import type { ArticleChanges, ImportLine, NewArticle, NewStatement, NewTag, StatementChanges } from "./schema.js";

const words = "لا سفينة قبل الفجر";

const draft: NewArticle = {
  language: "ar",
  title: "المرفأ ينتظر",
  outlet: { name: "ضفاف الزمرد" },
  body: [
    { type: "heading", level: 2, text: "على الرصيف" },
    { type: "paragraph", text: `قالت سمر الطيبي: «${words}». وقال بحّار إن الحوض لم يُعمَّق.` },
  ],
  summary: "لا سفن هذه الليلة.",
  statements: [
    {
      form: "direct",
      quote: words,
      attribution: [{ role: "speaker", speaker: { name: "سمر الطيبي", kind: "person" }, cue: "قالت" }],
    },
  ],
};

/** The condition that a thing still has a revision. */
const at = (revision: number) => ({ "If-Match": `"${revision}"` });

test("a draft is put, changed on a condition, and seen by nobody", async () => {
  const path = { article: "019c1e00-1d00-7100-8d00-0000000000a1" };
  const put = (body: NewArticle, header: { "If-Match"?: string } = {}) =>
    desk.PUT("/v1/articles/{article}", { params: { path, header }, body });
  const made = await put(draft);
  assert.equal(made.response.status, 201);
  assert.equal(made.data?.outcome, "created");
  assert.deepEqual(made.data.statements.map(({ anchor }) => anchor), ["ok"]);

  assert.equal((await read(put(draft))).outcome, "unchanged");
  const changed = { ...draft, title: "المرفأ لا ينتظر" };
  assert.equal((await refused(put(changed))).code, "precondition_required");
  const tag = made.response.headers.get("ETag");
  assert(tag !== null);
  const updated = await read(put(changed, { "If-Match": tag }));
  assert.deepEqual([updated.outcome, updated.revision], ["updated", 2]);
  assert.equal((await refused(put(draft, { "If-Match": tag }))).code, "precondition_failed");

  const faulty = await refused(put({ ...draft, title: "", language: "?" }));
  assert.equal(faulty.status, 422);
  assert.deepEqual(faulty.errors.map(({ pointer }) => pointer), ["/language", "/title"]);
  assert.equal((await refused(whole.GET("/v1/articles/{article}", { params: { path } }))).code, "not_found");
  const { response } = await whole.PUT("/v1/articles/{article}", { params: { path }, body: draft });
  assert.equal(response.status, 401);
});

test("an article goes from draft to deletion", async () => {
  const create = () =>
    desk.POST("/v1/articles", {
      params: { header: { "Idempotency-Key": "typescript" } },
      body: { ...draft, title: "الحوض لم يُعمَّق" },
    });
  const made = await read(create());
  assert.deepEqual(await read(create()), made, "sent twice, as when an answer was lost");
  const path = { article: made.id };
  const patch = (revision: number, body: ArticleChanges) =>
    read(desk.PATCH("/v1/articles/{article}", { params: { path, header: at(revision) }, body }));
  const get = (client: typeof desk, preview?: string) =>
    client.GET("/v1/articles/{article}", { params: { path, query: preview === undefined ? {} : { preview } } });

  // `null` takes away, and what is not named stays.
  await patch(1, { summary: null, dateline: "مرسى الزيتون" });
  const served = await read(get(desk));
  assert.deepEqual([served.summary, served.dateline, served.title], [null, "مرسى الزيتون", "الحوض لم يُعمَّق"]);

  // A statement is added, and proposed first.
  const said: NewStatement = { form: "indirect", quote: "الحوض لم يُعمَّق", anonymous: { label: "بحّار" }, note: "؟" };
  const added = await read(desk.POST("/v1/articles/{article}/statements", { params: { path }, body: said }));
  assert.deepEqual([added.anchor, added.article.revision], ["ok", 3]);
  const changes: StatementChanges = { status: "proposed", note: null };
  const proposed = await read(
    desk.PATCH("/v1/statements/{statement}", {
      params: { path: { statement: added.id }, header: at(added.revision) },
      body: changes,
    }),
  );
  const { data } = await read(
    desk.GET("/v1/articles/{article}/statements", { params: { path, query: { status: ["proposed"] } } }),
  );
  assert.deepEqual(data.map(({ id, note }) => [id, note]), [[added.id, null]]);

  // It is rejected, and accepted after all, with a change; then nothing is left to accept.
  const review = (revision: number) => ({ path: { statement: added.id }, header: at(revision) });
  const rejected = await read(
    desk.POST("/v1/statements/{statement}/reject", { params: review(proposed.revision), body: { note: "؟" } }),
  );
  const accepted = await read(
    desk.POST("/v1/statements/{statement}/accept", { params: review(rejected.revision), body: { form: "direct" } }),
  );
  const all = await read(
    desk.POST("/v1/articles/{article}/statements/accept", { params: { path, header: at(accepted.article.revision) } }),
  );
  assert.deepEqual(
    [rejected.status, accepted.status, all.outcome, all.accepted],
    ["rejected", "published", "unchanged", []],
  );

  // A preview shows the draft to who has no key, until it is taken back.
  const soon = new Date(Date.now() + 3_600_000).toISOString();
  const preview = await read(
    desk.POST("/v1/articles/{article}/preview", { params: { path }, body: { expires_at: soon } }),
  );
  assert.equal((await read(get(whole, preview.token))).id, made.id);
  await done(
    desk.DELETE("/v1/articles/{article}/preview/{preview}", { params: { path: { ...path, preview: preview.id } } }),
  );
  assert.equal((await refused(get(whole, preview.token))).code, "invalid_preview");

  await patch(accepted.article.revision, { status: "published" });
  assert.deepEqual((await read(get(whole))).statements.map(({ quote }) => quote), [words, said.quote]);
  await done(
    desk.DELETE("/v1/statements/{statement}", {
      params: { path: { statement: added.id }, query: { reason: "لم يقل ذلك." }, header: at(accepted.revision) },
    }),
  );

  // It is again what it was at first.
  const kept = await read(desk.GET("/v1/articles/{article}/revisions", { params: { path, query: { limit: 100 } } }));
  const newest = kept.data[0];
  assert(newest !== undefined && newest.current);
  const first = { ...path, revision: 1 };
  const then = await read(desk.GET("/v1/articles/{article}/revisions/{revision}", { params: { path: first } }));
  assert.deepEqual([then.state.summary, then.changed_by], [draft.summary, "tests"]);
  const restored = await read(
    desk.POST("/v1/articles/{article}/revisions/{revision}/restore", {
      params: { path: first, header: at(newest.revision) },
    }),
  );
  assert.deepEqual([restored.status, restored.revision], ["draft", newest.revision + 1]);

  const withdrawn = await patch(restored.revision, { status: "withdrawn", reason: "خطأ" });
  assert.equal((await refused(get(whole))).code, "gone");
  await done(
    desk.DELETE("/v1/articles/{article}", {
      params: { path, query: { reason: "خطأ" }, header: at(withdrawn.revision) },
    }),
  );
  assert.equal((await refused(get(desk))).code, "gone");
});

test("what is extracted from a text is stored as it is, with the outlet", async () => {
  const text = `قالت سمر الطيبي: «${words}».`;
  const { article, names } = await read(desk.POST("/v1/extract", { body: { text, title: "المرفأ ينتظر" } }));
  assert.deepEqual(names.map(({ name, thing, kind }) => [name, thing, kind]), [["سمر الطيبي", "speaker", "person"]]);
  const outlet = { name: "ضفاف الزمرد" };
  const body: NewArticle = { ...article, title: "المرفأ ينتظر", outlet };
  const made = await read(desk.POST("/v1/articles", { body }));
  assert.deepEqual(made.statements.map(({ anchor }) => anchor), ["ok"]);
  const path = { article: made.id };
  const { data } = await read(desk.GET("/v1/articles/{article}/statements", { params: { path, query: { status: ["proposed"] } } }));
  assert.deepEqual(data.map(({ quote, status, origin }) => [quote, status, origin]), [[words, "proposed", "extracted"]]);
});

test("two speakers are one", async () => {
  const id = "019c1e00-1d00-7100-8d00-0000000000c1";
  const kept = await read(
    desk.PUT("/v1/speakers/{speaker}", { params: { path: { speaker: id } }, body: { name: "نجم القصّاب", description: "؟" } }),
  );
  const path = { speaker: kept.slug };
  const patched = await read(
    desk.PATCH("/v1/speakers/{speaker}", { params: { path, header: at(kept.revision) }, body: { description: null } }),
  );
  assert.deepEqual([patched.name, patched.description], [kept.name, null]);
  const double = await read(desk.POST("/v1/speakers", { body: { name: "ن. القصّاب", kind: "person" } }));
  const { data } = await read(desk.GET("/v1/speakers", { params: { query: { hidden: true, limit: 100 } } }));
  assert(data.some((one) => one.id === double.id), "the desk sees whom the public does not");
  const left = await read(
    desk.POST("/v1/speakers/{speaker}/merge", { params: { path: { speaker: double.id } }, body: { into: kept.slug } }),
  );
  const led = await read(desk.GET("/v1/speakers/{speaker}", { params: { path: { speaker: double.slug } } }));
  assert.deepEqual([left.id, led.id], [id, id]);
  await done(desk.DELETE("/v1/speakers/{speaker}", { params: { path, header: at(left.revision) } }));
});

test("two outlets are one", async () => {
  const id = "019c1e00-1d00-7100-8d00-0000000000c4";
  const kept = await read(
    desk.PUT("/v1/outlets/{outlet}", { params: { path: { outlet: id } }, body: { name: "بريد السهول", country: "EG" } }),
  );
  const path = { outlet: kept.slug };
  const patched = await read(
    desk.PATCH("/v1/outlets/{outlet}", { params: { path, header: at(kept.revision) }, body: { country: null } }),
  );
  assert.deepEqual([patched.name, patched.country], [kept.name, null]);
  const double = await read(desk.POST("/v1/outlets", { body: { name: "جريدة بريد السهول" } }));
  const left = await read(
    desk.POST("/v1/outlets/{outlet}/merge", { params: { path: { outlet: double.id } }, body: { into: kept.slug } }),
  );
  const led = await read(desk.GET("/v1/outlets/{outlet}", { params: { path: { outlet: double.slug } } }));
  assert.deepEqual([left.id, led.id], [id, id]);
  await done(desk.DELETE("/v1/outlets/{outlet}", { params: { path, header: at(left.revision) } }));
});

test("two tags are one", async () => {
  const id = "019c1e00-1d00-7100-8d00-0000000000c7";
  const kept = await read(
    desk.PUT("/v1/tags/{tag}", { params: { path: { tag: id } }, body: { name: "أرصفة", names: { en: "quays" } } }),
  );
  const path = { tag: kept.slug };
  const patched = await read(
    desk.PATCH("/v1/tags/{tag}", { params: { path, header: at(kept.revision) }, body: { names: null } }),
  );
  assert.deepEqual([patched.name, patched.names], [kept.name, {}]);
  const double = await read(desk.POST("/v1/tags", { body: { name: "أرصفة السفن", kind: "place" } }));
  const left = await read(
    desk.POST("/v1/tags/{tag}/merge", { params: { path: { tag: double.id } }, body: { into: kept.slug } }),
  );
  const led = await read(desk.GET("/v1/tags/{tag}", { params: { path: { tag: double.slug } } }));
  assert.deepEqual([left.id, led.id], [id, id]);
  await done(
    desk.DELETE("/v1/tags/{tag}", { params: { path, query: { detach: true }, header: at(left.revision) } }),
  );
});

test("lines are imported", async () => {
  const first: NewArticle = { ...draft, title: "أول سطر" };
  const tag: NewTag = { name: "سطور" };
  const answer = await read(
    importer.POST("/v1/import", {
      body: `${JSON.stringify(first)}\n\n${JSON.stringify(tag)}`,
      bodySerializer: (lines) => lines,
      parseAs: "text",
    }),
  );
  const [created, failed, summary] = answer.trimEnd().split("\n").map((line): ImportLine => JSON.parse(line));
  assert(created !== undefined && "line" in created && failed !== undefined && "line" in failed);
  assert.deepEqual([created.line, created.outcome, created.thing], [1, "created", "article"]);
  assert.deepEqual([failed.line, failed.outcome], [3, "failed"], "a tag without its type is no article");
  assert(failed.errors !== undefined && failed.errors.length > 0);
  assert(summary !== undefined && "done" in summary);
  assert.deepEqual([summary.done, summary.created, summary.failed, summary.drafts], [true, 1, 1, 1]);
});

test("a key is made, used and revoked", async () => {
  const made = await read(administration.POST("/v1/keys", { body: { name: "typescript", scope: "read" } }));
  const path = { key: made.prefix };
  const { data } = await read(administration.GET("/v1/keys"));
  assert(data.some(({ prefix }) => prefix === made.prefix));

  const reader = keyed(made.secret);
  const listed = () => reader.GET("/v1/articles", { params: { query: { status: ["draft"] } } });
  await read(listed());
  assert.equal((await refused(reader.GET("/v1/keys"))).code, "missing_scope");
  await done(administration.DELETE("/v1/keys/{key}", { params: { path } }));
  assert.notEqual((await read(administration.GET("/v1/keys/{key}", { params: { path } }))).revoked_at, null);
  assert.equal((await refused(listed())).code, "invalid_key");
});
