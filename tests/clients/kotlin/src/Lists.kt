// Reads every list to its end, page by page, and back again.
package isnad

import isnad.models.Page
import retrofit2.Call

/** Small, so that the samples make several pages. */
const val ROWS = 5

/** All rows of a list: forward by `next`, then back by `prev` over the same pages. */
fun <Body : Any, Row> everything(
    read: (cursor: String?) -> Call<Body>,
    rows: (Body) -> List<Row>,
    page: (Body) -> Page,
    id: (Row) -> Any,
): List<Row> {
    val pages = generateSequence(read(null).read()) { body -> page(body).next?.let { read(it).read() } }.toList()
    val back = generateSequence(pages.last()) { body -> page(body).prev?.let { read(it).read() } }.toList()
    val all = pages.flatMap(rows)
    val address = read(null).request().url.encodedPath
    equal(page(pages.first()).total, all.size.toLong(), "rows of $address on all pages")
    equal(all.size, all.distinctBy(id).size, "different rows of $address")
    equal(pages.map { rows(it).map(id) }, back.reversed().map { rows(it).map(id) }, "pages of $address, read backwards")
    return all
}

/** Every list of the document. Those under one article are read for each article. */
class Lists(client: Client) {
    val articles = everything({ client.articles.listArticles(ROWS, it, count = true) }, { it.data }, { it.page }, { it.id })
    val statements = everything({ client.statements.listStatements(ROWS, it, count = true) }, { it.data }, { it.page }, { it.id })
    val speakers = everything({ client.speakers.listSpeakers(ROWS, it, count = true) }, { it.data }, { it.page }, { it.id })
    val outlets = everything({ client.outlets.listOutlets(ROWS, it, count = true) }, { it.data }, { it.page }, { it.id })
    val tags = everything({ client.tags.listTags(ROWS, it, count = true) }, { it.data }, { it.page }, { it.id })

    val statementsByArticle = articles.associate { article ->
        article.id to everything(
            { client.statements.listArticleStatements(article.slug, ROWS, it, count = true) },
            { it.data },
            { it.page },
            { it.id },
        )
    }
    val relatedByArticle = articles.associate { article ->
        article.id to everything(
            { client.articles.listRelatedArticles(article.slug, ROWS, it, count = true) },
            { it.data },
            { it.page },
            { it.article.id },
        )
    }
}
