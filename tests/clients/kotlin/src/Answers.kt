// Answers other than the whole: a part of it, none because nothing changed, and problems.
package isnad

import isnad.infrastructure.CollectionFormats.CSVParams
import isnad.models.Article
import isnad.models.Form
import isnad.models.PartialArticle
import isnad.models.PartialArticlePage

fun checkPartialAnswers(client: Client, articles: List<Article>) {
    val article = articles.first()
    val part: PartialArticle = client.partial(client.articles.getArticle(article.slug, fields = CSVParams("id", "title")))
    equal(PartialArticle(id = article.id, title = article.title), part, "an article's id and title alone")
    val page: PartialArticlePage = client.partial(client.articles.listArticles(limit = 100, fields = CSVParams("slug", "body")))
    equal(articles.map { PartialArticle(slug = it.slug, body = it.body) }, page.data, "slugs and bodies alone")
    println("partial answers: of one article, and of ${page.data.size} in a list")
}

/** Once by hand with `If-None-Match`, and once as OkHttp's cache does it of its own accord. */
fun checkValidation(client: Client, articles: List<Article>) {
    for (article in articles) {
        val etag = client.articles.getArticle(article.slug).execute().headers()["ETag"]
        val unchanged = client.articles.getArticle(article.slug, ifNoneMatch = etag).execute()
        equal(304, unchanged.code(), "the status of ${article.slug} with If-None-Match")
        client.validate(client.articles.getArticle(article.slug)).use { response ->
            equal(304, response.networkResponse?.code, "the server's answer about the kept ${article.slug}")
            equal(article, json.decodeFromString<Article>(response.body.string()), "the kept ${article.slug}")
        }
    }
    println("validation: ${articles.size} articles are 304 with If-None-Match, and good in OkHttp's cache")
}

fun checkProblems(client: Client) {
    val missing = client.problem(client.articles.getArticle("لا-وجود-له"))
    equal(404 to "not_found", missing.status to missing.code, "the problem of an article that is not there")
    val excess = client.problem(client.tags.listTags(limit = 101))
    equal(400 to "invalid_parameter", excess.status to excess.code, "the problem of a page of 101")
    equal(listOf("limit"), excess.errors.map { it.parameter }, "the parameters at fault")
    val cursor = client.statements.listStatements(limit = 1).read().page.next
    val mismatch = client.problem(client.statements.listStatements(limit = 1, cursor = cursor, form = CSVParams(Form.direct.value)))
    equal(400 to "cursor_mismatch", mismatch.status to mismatch.code, "the problem of another list's cursor")
    println("problems: 404, 400 and a cursor of another list, by their codes")
}
