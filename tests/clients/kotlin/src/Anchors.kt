// Where statements stand: a Kotlin String is UTF-16, so an anchor's offsets cut it as they are.
package isnad

import isnad.models.AnchorPlace
import isnad.models.AnchorState
import isnad.models.Article
import isnad.models.Block

/** Cuts every anchor of every article, each of its pieces and what stands around it, out of the text. */
fun checkAnchors(articles: List<Article>) {
    var anchors = 0
    var continued = 0
    var astral = 0
    for (article in articles) {
        for (anchor in article.statements.mapNotNull { it.anchor }.filter { it.state != AnchorState.orphaned }) {
            val text = when (anchor.`in`) {
                AnchorPlace.title -> article.title
                AnchorPlace.summary -> article.summary!!
                AnchorPlace.body -> article.text(anchor.block!!, anchor.item)
            }
            equal(anchor.exact, text.substring(anchor.start, anchor.end), "the anchored words in ${article.slug}")
            holds(text.substring(0, anchor.start).endsWith(anchor.prefix), "the prefix of «${anchor.exact}»")
            holds(text.substring(anchor.end).startsWith(anchor.suffix), "the suffix of «${anchor.exact}»")
            anchors += 1
            if (text.substring(0, anchor.end).any(Char::isSurrogate)) astral += 1
            for (piece in anchor.continued.orEmpty()) {
                val words = article.text(piece.block, piece.item).substring(piece.start, piece.end)
                equal(piece.exact, words, "a further piece of «${anchor.exact}»")
                continued += 1
            }
        }
    }
    holds(continued > 0, "some quotes are in several pieces")
    holds(astral > 0, "astral characters stand within or before some anchors")
    println("anchors: all $anchors and $continued further pieces cut out the words they name, $astral with or after astral characters")
}

private fun Article.text(block: Int, item: Int?): String = when (val anchored = body[block]) {
    is Block.HeadingWrapper -> anchored.value.text
    is Block.ParagraphWrapper -> anchored.value.text
    is Block.QuoteWrapper -> anchored.value.text
    is Block.ListWrapper -> anchored.value.items[item!!]
    is Block.ImageWrapper, is Block.EmbedWrapper -> throw Unmet("block $block of $slug has no text to anchor in")
}
