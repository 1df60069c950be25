// What is served is one and the same, however it is asked for.
package isnad

import isnad.infrastructure.CollectionFormats.CSVParams
import isnad.models.Article
import isnad.models.ArticleSort
import isnad.models.Block
import isnad.models.BucketLength
import isnad.models.Form
import isnad.models.SpeakerKind
import isnad.models.SuggestedThing
import java.lang.Character.UnicodeScript
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive

fun checkLists(lists: Lists, articles: List<Article>) {
    holds(lists.articles.size > ROWS && lists.statements.size > ROWS, "the samples make several pages")
    for (article in articles) {
        equal(article.statements, lists.statementsByArticle[article.id], "statements of ${article.slug}, listed and in it")
    }
    val inArticles = articles.flatMap { it.statements }
    equal(lists.statements.toSet(), inArticles.toSet(), "statements, listed and in articles")
    val related = lists.relatedByArticle.values.flatten()
    holds(related.isNotEmpty(), "some articles are related")
    holds(related.all { it.shared.speakers.isNotEmpty() || it.shared.tags.isNotEmpty() }, "related articles share something")
    println(
        "lists: ${lists.articles.size} articles, ${lists.statements.size} statements, ${lists.speakers.size} speakers, " +
            "${lists.outlets.size} outlets, ${lists.tags.size} tags, ${related.size} related articles; " +
            "$ROWS a page, to the end and back",
    )
}

/** An item read alone, by a slug in whatever script, is the one that was listed. */
fun checkItems(client: Client, lists: Lists) {
    for (speaker in lists.speakers) {
        equal(speaker, client.speakers.getSpeaker(speaker.slug).read(), "the speaker ${speaker.slug}")
    }
    for (outlet in lists.outlets) {
        equal(outlet, client.outlets.getOutlet(outlet.slug).read(), "the outlet ${outlet.slug}")
        val published = client.articles.listArticles(limit = 100, outlet = CSVParams(outlet.slug)).read().data
        equal(lists.articles.filter { it.outlet.id == outlet.id }, published, "articles of ${outlet.slug}")
    }
    for (tag in lists.tags) {
        equal(tag, client.tags.getTag(tag.slug).read(), "the tag ${tag.slug}")
    }
    for (statement in lists.statements) {
        equal(statement, client.statements.getStatement(statement.id).read(), "the statement ${statement.id}")
    }
    val slugs = with(lists) { articles.map { it.slug } + speakers.map { it.slug } + outlets.map { it.slug } + tags.map { it.slug } }
    val arabic = slugs.count { slug -> slug.any { UnicodeScript.of(it.code) == UnicodeScript.ARABIC } }
    holds(arabic > 0, "some slugs are Arabic")
    println("items: each read alone is the one that was listed; $arabic of ${slugs.size} slugs are Arabic")
}

/** The generated client decides by `type` which block it is; the kinds must be those of the JSON itself. */
fun checkBlocks(client: Client, articles: List<Article>) {
    val read = articles.flatMap { it.body }.map { block ->
        when (block) {
            is Block.HeadingWrapper -> block.value.type.value
            is Block.ParagraphWrapper -> block.value.type.value
            is Block.QuoteWrapper -> block.value.type.value
            is Block.ListWrapper -> block.value.type.value
            is Block.ImageWrapper -> block.value.type.value
            is Block.EmbedWrapper -> block.value.type.value
        }
    }
    val sent = articles.flatMap { article ->
        val request = client.articles.getArticle(article.slug).request()
        val answer = client.http.newCall(request).execute().use { Json.parseToJsonElement(it.body.string()).jsonObject }
        answer.getValue("body").jsonArray.map { it.jsonObject.getValue("type").jsonPrimitive.content }
    }
    equal(sent, read, "the blocks by their kind")
    val kinds = read.groupingBy { it }.eachCount()
    equal(6, kinds.size, "kinds of blocks in the samples")
    println("blocks: $kinds")
}

/** An enumeration's value means in a request what it means in an answer. */
fun checkEnumerations(client: Client, lists: Lists) {
    val forms = setOf(Form.direct, Form.mixed)
    val quoted = client.statements.listStatements(limit = 100, form = CSVParams(forms.map { it.value })).read().data
    equal(lists.statements.filter { it.form in forms }, quoted, "statements that are direct or mixed")
    val people = client.speakers.listSpeakers(limit = 100, kind = CSVParams(SpeakerKind.person.value)).read().data
    equal(lists.speakers.filter { it.kind == SpeakerKind.person }, people, "speakers who are people")
    val oldestFirst = client.articles.listArticles(limit = 100, sort = ArticleSort.published_at_ascending).read().data
    equal(lists.articles.reversed(), oldestFirst, "articles, the oldest first")
    println("enumerations: ${quoted.size} statements by form, ${people.size} speakers by kind, ${oldestFirst.size} articles by sort")
}

fun checkTimelines(client: Client, lists: Lists) {
    for (speaker in lists.speakers) {
        for (length in BucketLength.entries) {
            val buckets = client.speakers.getSpeakerTimeline(speaker.slug, length).read().data
            equal(speaker.statementCount, buckets.sumOf { it.count.toLong() }, "statements of ${speaker.slug} by $length")
        }
    }
    println("timelines: by ${BucketLength.entries.joinToString()}, each adds up to what the speaker said")
}

fun checkSuggestions(client: Client, lists: Lists) {
    for (speaker in lists.speakers) {
        val suggested = client.search.getSuggestions(speaker.name, CSVParams(SuggestedThing.speaker.value), 10).read()
        val found = suggested.speakers.find { it.id == speaker.id }
        equal(speaker.slug to speaker.statementCount, found?.slug to found?.statementCount, "the suggested ${speaker.slug}")
        equal(null, found?.foundBy, "another name of ${speaker.slug} than the one that was typed")
        holds(suggested.articles.isEmpty(), "nothing is suggested that was not asked for")
    }
    val article = lists.articles.first()
    val titled = client.search.getSuggestions(article.title).read().articles
    holds(titled.any { it.id == article.id }, "the article ${article.slug} is suggested by its title")
    println("suggestions: each of ${lists.speakers.size} speakers by its name")
}
