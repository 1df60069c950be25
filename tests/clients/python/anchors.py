"""Anchors: the words of a statement, sliced out of its article's text by UTF-16 code units."""

from isnad import Anchor, Article, HeadingBlock, ListBlock, ParagraphBlock, QuoteBlock


def units(text: str, start: int, end: int) -> str:
    """A slice by UTF-16 code units, where Python's own slices count code points."""
    return text.encode("utf-16-le")[2 * start : 2 * end].decode("utf-16-le")


def text_in(article: Article, block: int | None, item: int | None) -> str:
    assert block is not None, "an anchor in the body names its block"
    found = article.body[block].actual_instance
    match found:
        case HeadingBlock() | ParagraphBlock() | QuoteBlock():
            return found.text
        case ListBlock():
            assert item is not None, "an anchor in a list names its item"
            return found.items[item]
        case _:
            raise AssertionError(f"{type(found).__name__} has no text of its own")


def anchored_text(article: Article, anchor: Anchor) -> str:
    """The text of the article that an anchor lies in."""
    match anchor.var_in.value:
        case "title":
            return article.title
        case "summary":
            return article.summary or ""
        case _:
            return text_in(article, anchor.block, anchor.item)


def pieces_of(article: Article, anchor: Anchor) -> list[tuple[str, int, int, str]]:
    """Each piece of an anchor: the text it lies in, its start and end, and the words that it must slice to."""
    first = (anchored_text(article, anchor), anchor.start, anchor.end, anchor.exact)
    continued = [
        (text_in(article, piece.block, piece.item), piece.start, piece.end, piece.exact)
        for piece in anchor.continued or []
    ]
    return [first, *continued]
