// Names that turn out to be one, and keys.
package isnad

import isnad.infrastructure.CollectionFormats.CSVParams
import isnad.models.ArticleStatus
import isnad.models.Merge
import isnad.models.NewKey
import isnad.models.NewOutlet
import isnad.models.NewSpeaker
import isnad.models.NewTag
import isnad.models.OutletChanges
import isnad.models.Scope
import isnad.models.SpeakerChanges
import isnad.models.TagChanges
import isnad.models.TagKind
import java.util.UUID

fun checkNames(desk: Client) {
    desk.speakers.run {
        val kept = putSpeaker(id("c3"), NewSpeaker("ياسر القصّاب", description = "؟")).read(201)
        val patched = desk.takingAway(patchSpeaker(kept.slug, at(1), SpeakerChanges(aliases = listOf("أبو نجم"))), "description")
        equal(listOf(kept.name, listOf("أبو نجم"), null), patched.run { listOf(name, aliases, description) }, "a patched speaker")
        val double = createSpeaker(NewSpeaker("ي. القصّاب")).read(201)
        holds(double in listSpeakers(limit = 100, hidden = true).read().data, "the desk sees whom the public does not")
        val left = mergeSpeaker(double.slug, Merge(kept.slug)).read()
        equal(listOf(kept.id, kept.id), listOf(left.id, getSpeaker(double.slug).read().id), "the speaker that is left")
        deleteSpeaker(kept.slug, at(left.revision)).done()
    }
    desk.outlets.run {
        val kept = putOutlet(id("c6"), NewOutlet("بريد الوديان", country = "EG")).read(201)
        val patched = desk.takingAway(patchOutlet(kept.slug, at(1), OutletChanges(language = "ar")), "country")
        equal(listOf(kept.name, "ar", null), patched.run { listOf(name, language, country) }, "a patched outlet")
        val double = createOutlet(NewOutlet("جريدة بريد الوديان")).read(201)
        val left = mergeOutlet(double.slug, Merge(kept.slug)).read()
        equal(listOf(kept.id, kept.id), listOf(left.id, getOutlet(double.slug).read().id), "the outlet that is left")
        deleteOutlet(kept.slug, at(left.revision)).done()
    }
    desk.tags.run {
        val kept = putTag(id("c9"), NewTag("مراسٍ", names = mapOf("en" to "moorings"))).read(201)
        val patched = desk.takingAway(patchTag(kept.slug, at(1), TagChanges(kind = TagKind.place)), "names")
        equal(listOf(kept.name, TagKind.place, mapOf<String, String>()), patched.run { listOf(name, kind, names) }, "a patched tag")
        val double = createTag(NewTag("مراسي السفن")).read(201)
        val left = mergeTag(double.slug, Merge(kept.slug)).read()
        equal(listOf(kept.id, kept.id), listOf(left.id, getTag(double.slug).read().id), "the tag that is left")
        deleteTag(kept.slug, at(left.revision), detach = true).done()
    }
    println("names: a speaker, an outlet and a tag made, put, patched, merged and deleted")
}

private fun id(end: String) = UUID.fromString("019c1e00-1d00-7100-8d00-0000000000$end")

fun checkKeys(administration: Client) {
    val made = administration.keys.createKey(NewKey("kotlin", Scope.read)).read(201)
    holds(administration.keys.listKeys().read().data.any { it.prefix == made.prefix }, "a key that was made is listed")
    val reader = administration.another(made.secret)
    val drafts = { reader.articles.listArticles(status = CSVParams(ArticleStatus.draft.value)) }
    drafts().read()
    equal("missing_scope", reader.problem(reader.keys.listKeys()).code, "what a reader may not")
    administration.keys.revokeKey(made.prefix).done()
    holds(administration.keys.getKey(made.prefix).read().revokedAt != null, "a key that was revoked says so")
    equal("invalid_key", reader.problem(drafts()).code, "a key that was revoked")
    println("keys: one made, used and revoked")
}
