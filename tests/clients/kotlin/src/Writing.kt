// A draft, written as an editor's program would: made, sent again, and changed on a condition.
package isnad

import isnad.models.AnchorOutcome
import isnad.models.Form
import isnad.models.NewArticle
import isnad.models.NewReference
import isnad.models.NewStatement
import isnad.models.WriteOutcome
import java.util.UUID

private val ID = UUID.fromString("019c1e00-1d00-7100-8d00-0000000000a3")
private const val WORDS = "لا سفينة قبل الفجر"

private fun draft(title: String) = NewArticle(
    language = "ar",
    title = title,
    outlet = NewReference(name = "ضفاف الزمرد"),
    text = "قالت سمر الطيبي: «$WORDS».",
    statements = listOf(NewStatement(form = Form.direct, quote = WORDS, speaker = NewReference(name = "سمر الطيبي"))),
)

fun checkWriting(client: Client) {
    val made = client.articles.putArticle(ID, draft("المرفأ ينتظر")).execute()
    equal(201, made.code(), "the status of what is new")
    equal(listOf(AnchorOutcome.ok), made.body()!!.statements.map { it.anchor }, "what became of the anchors")
    equal(WriteOutcome.unchanged, client.articles.putArticle(ID, draft("المرفأ ينتظر")).read().outcome, "the same again")
    val other = draft("المرفأ لا ينتظر")
    equal("precondition_required", client.problem(client.articles.putArticle(ID, other)).code, "a change without a condition")
    val tag = made.headers()["ETag"]
    val updated = client.articles.putArticle(ID, other, tag).read()
    equal(WriteOutcome.updated to 2L, updated.outcome to updated.revision, "a change of the revision that was read")
    equal("precondition_failed", client.problem(client.articles.putArticle(ID, draft("غيره"), tag)).code, "a change of a former one")
    equal("not_found", client.problem(client.articles.getArticle(ID.toString())).code, "what the public finds of a draft")
    println("writing: a draft made, sent again and changed on a condition, and nobody sees it")
}
