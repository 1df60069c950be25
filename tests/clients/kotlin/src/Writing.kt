// An editor's program: an article from draft to deletion.
package isnad

import isnad.infrastructure.CollectionFormats.CSVParams
import isnad.models.AnchorOutcome
import isnad.models.Anonymous
import isnad.models.ArticleChanges
import isnad.models.ArticleStatus
import isnad.models.Form
import isnad.models.ImportLine
import isnad.models.ImportOutcome
import isnad.models.NewArticle
import isnad.models.NewExtraction
import isnad.models.NewPreview
import isnad.models.NewReference
import isnad.models.NewStatement
import isnad.models.NewTag
import isnad.models.Rejection
import isnad.models.StatementChanges
import isnad.models.StatementStatus
import isnad.models.Thing
import isnad.models.WriteOutcome
import java.time.OffsetDateTime
import java.util.UUID

private val ID = UUID.fromString("019c1e00-1d00-7100-8d00-0000000000a3")
private const val WORDS = "لا سفينة قبل الفجر"
private const val SUMMARY = "لا سفن هذه الليلة."

private fun draft(title: String) = NewArticle(
    language = "ar",
    title = title,
    summary = SUMMARY,
    outlet = NewReference(name = "ضفاف الزمرد"),
    text = "قالت سمر الطيبي: «$WORDS». وقال بحّار إن الحوض لم يُعمَّق.",
    statements = listOf(NewStatement(form = Form.direct, quote = WORDS, speaker = NewReference(name = "سمر الطيبي"))),
)

/** What `If-Match` is for a revision. */
fun at(revision: Long) = "\"$revision\""

fun checkPutting(client: Client, desk: Client) {
    val made = desk.articles.putArticle(ID, draft("المرفأ ينتظر")).execute()
    equal(201, made.code(), "the status of what is new")
    equal(listOf(AnchorOutcome.ok), made.body()!!.statements.map { it.anchor }, "what became of the anchors")
    equal(WriteOutcome.unchanged, desk.articles.putArticle(ID, draft("المرفأ ينتظر")).read().outcome, "the same again")
    val other = draft("المرفأ لا ينتظر")
    equal("precondition_required", desk.problem(desk.articles.putArticle(ID, other)).code, "a change without a condition")
    val tag = made.headers()["ETag"]
    val updated = desk.articles.putArticle(ID, other, tag).read()
    equal(WriteOutcome.updated to 2L, updated.outcome to updated.revision, "a change of the revision that was read")
    equal("precondition_failed", desk.problem(desk.articles.putArticle(ID, draft("غيره"), tag)).code, "a change of a former one")
    equal("not_found", client.problem(client.articles.getArticle(ID.toString())).code, "what the public finds of a draft")
    equal("key_required", client.problem(client.articles.putArticle(ID, other)).code, "what the public may write")
    println("writing: a draft made, sent again and changed on a condition, and nobody sees it")
}

fun checkEditing(client: Client, desk: Client) {
    // Sent twice, as when an answer was lost.
    val (made, again) = List(2) { desk.articles.createArticle(draft("الحوض لم يُعمَّق"), "kotlin").read(201) }
    equal(made, again, "what is sent twice")
    val article = made.id.toString()

    desk.takingAway(desk.articles.patchArticle(article, at(1), ArticleChanges(dateline = "مرسى الزيتون")), "summary")
    val served = desk.articles.getArticle(article).read()
    equal(listOf(null, "مرسى الزيتون", made.slug), listOf(served.summary, served.dateline, served.slug), "what a patch takes, gives, leaves")

    val said = NewStatement(form = Form.indirect, quote = "الحوض لم يُعمَّق", anonymous = Anonymous("بحّار"), note = "؟")
    val added = desk.statements.createStatement(article, said).read(201)
    equal(AnchorOutcome.ok to 3L, added.anchor to added.article.revision, "a statement that is added")
    val proposal = StatementChanges(status = StatementStatus.proposed)
    val proposed = desk.takingAway(desk.statements.patchStatement(added.id, at(added.revision), proposal), "note")
    val proposals = desk.statements.listArticleStatements(article, status = CSVParams(StatementStatus.proposed.value)).read().data
    equal(listOf(added.id to null), proposals.map { it.id to it.note }, "what is proposed")

    // It is rejected, and accepted after all, with a change; then nothing is left to accept.
    val rejected = desk.statements.rejectStatement(added.id, at(proposed.revision), rejection = Rejection("؟")).read()
    val direct = StatementChanges(form = Form.direct)
    val accepted = desk.statements.acceptStatement(added.id, at(rejected.revision), statementChanges = direct).read()
    val left = desk.statements.acceptArticleStatements(article, at(accepted.article.revision)).read()
    equal(StatementStatus.rejected to StatementStatus.published, rejected.status to accepted.status, "what came of reviews")
    equal(WriteOutcome.unchanged to 0, left.outcome to left.accepted.size, "what is left to accept")

    checkPreview(client, desk, article)

    val publication = ArticleChanges(status = ArticleStatus.published)
    desk.articles.patchArticle(article, at(accepted.article.revision), publication).read()
    equal(listOf(WORDS, said.quote), client.articles.getArticle(article).read().statements.map { it.quote }, "what is published")
    desk.statements.deleteStatement(added.id, at(accepted.revision), "لم يقل ذلك.").done()

    val kept = desk.revisions.listRevisions(article, limit = 100).read().data
    val then = desk.revisions.getRevision(article, kept.last().revision).read()
    equal(listOf(1L, SUMMARY, "tests"), listOf(then.revision, then.state.summary, then.changedBy), "what it was at first")
    val restored = desk.revisions.restoreArticle(article, then.revision, at(kept.first().revision)).read()
    equal(ArticleStatus.draft to kept.first().revision + 1, restored.status to restored.revision, "what it is again")

    val withdrawal = ArticleChanges(status = ArticleStatus.withdrawn, reason = "خطأ")
    val withdrawn = desk.articles.patchArticle(article, at(restored.revision), withdrawal).read()
    equal("gone", client.problem(client.articles.getArticle(article)).code, "what is withdrawn")
    desk.articles.deleteArticle(article, at(withdrawn.revision), "خطأ").done()
    equal("gone", desk.problem(desk.articles.getArticle(article)).code, "what is deleted")
    println("writing: an article made, patched, previewed, published, restored, withdrawn and deleted, with a statement")
}

fun checkImport(desk: Client) {
    val lines = listOf(json.encodeToString(draft("أول سطر")), "", json.encodeToString(NewTag("سطور")))
    val answer = desk.imports.importLines(lines.joinToString("\n")).read()
    val (created, failed) = answer.filterIsInstance<ImportLine.ImportResultValue>().map { it.value }
    equal(listOf(1L, ImportOutcome.created, Thing.article), created.run { listOf(line, outcome, thing) }, "what came of a line")
    equal(listOf(3L, ImportOutcome.failed), failed.run { listOf(line, outcome) }, "a tag without its type is no article")
    val summary = (answer.last() as ImportLine.ImportSummaryValue).value
    equal(listOf(true, 1L, 1L, 1L), listOf(summary.done, summary.created, summary.failed, summary.drafts), "what an import sums up")
    println("import: an article created, and told what is wrong with the other line")
}

fun checkExtraction(desk: Client) {
    val extracted = desk.extraction.extractStatements(NewExtraction(text = "قالت سمر الطيبي: «$WORDS».", title = "المرفأ ينتظر")).read()
    equal(listOf(WORDS to StatementStatus.proposed), extracted.article.statements!!.map { it.quote to it.status }, "what is extracted")
    equal(listOf("سمر الطيبي"), extracted.names.map { it.name }, "who is named")
    println("extraction: a statement proposed")
}

/** A preview shows a draft to who has no key, until it is taken back. */
private fun checkPreview(client: Client, desk: Client, article: String) {
    val preview = desk.previews.createPreview(article, NewPreview(OffsetDateTime.now().plusHours(1))).read(201)
    equal(preview.article.id, client.articles.getArticle(article, preview = preview.token).read().id, "what a preview shows")
    desk.previews.deletePreview(article, preview.id).done()
    equal("invalid_preview", client.problem(client.articles.getArticle(article, preview = preview.token)).code, "a preview taken back")
}
