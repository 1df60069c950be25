"""Lists read page by page: to the end by `next`, and back to the beginning by `prev`."""

from collections.abc import Callable, Hashable, Sequence
from typing import Protocol, TypeVar

from isnad import Page

Row = TypeVar("Row", covariant=True)


class Rows(Protocol[Row]):
    """What every page of a list is: rows, and where to read on."""

    @property
    def data(self) -> Sequence[Row]: ...

    @property
    def page(self) -> Page: ...


def walk(read: Callable[[str | None], Rows[Row]], id_of: Callable[[Row], Hashable]) -> list[Row]:
    """All rows of a list, of which each was met once on the way there and once on the way back."""
    current = read(None)
    assert current.page.prev is None, "nothing stands before the first page"
    forward = [current]
    while current.page.next is not None:
        current = read(current.page.next)
        forward.append(current)
    assert len(forward) > 1, "more than one page"

    back = [current]
    while current.page.prev is not None:
        current = read(current.page.prev)
        back.insert(0, current)

    rows = [row for page in forward for row in page.data]
    ids = [id_of(row) for row in rows]
    assert len(set(ids)) == len(ids), "each row once"
    assert [id_of(row) for page in back for row in page.data] == ids, "the same rows on the way back"
    return rows
