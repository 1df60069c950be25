"""What is asked: the rows of the table, each with its targets, taken out of the store by asking isnad."""

import random
import re
from collections import Counter
from dataclasses import dataclass
from urllib.parse import quote

import load
from programs import Answer, Server, Wrong

HOT = 1_000  # Targets that are asked again and again: as many as a cache holds. So many are checked.
MOST = 20_000  # Targets of which the ETag is asked for.
LIMIT = 20  # Rows on a page.
PAGE = 50
WORDS = 200  # Words that are searched for,
TRIED = 4_000  # of so many that are counted at most.


@dataclass(frozen=True)
class Target:
    path: str
    rows: int | None = None
    """Of a list its rows, of an article its statements; None where nothing is sent."""
    etag: str = ""
    """The ETag of what is there already."""

    def headers(self) -> dict[str, str]:
        return {"If-None-Match": self.etag} if self.etag else {}

    def request(self) -> bytes:
        return load.request("GET", self.path, self.headers())

    def check(self, server: Server) -> Answer:
        """Asks for it, and holds the answer against what is known of it."""
        answer = server.ask(self.path, self.headers())
        if answer.status != (304 if self.etag else 200):
            raise Wrong(f"{self.path} was answered with {answer.status}: {answer.body.decode()}")
        if self.etag and (answer.etag != self.etag or answer.body):
            raise Wrong(f"{self.path}: 304 with {answer.etag} for {self.etag}, and {len(answer.body)} bytes")
        if not self.etag:
            body = answer.json()
            rows = len(body["data"] if "data" in body else body["statements"])
            if rows != self.rows or not answer.etag:
                raise Wrong(f"{self.path} has {rows} rows, not {self.rows}; its ETag is {answer.etag}")
        return answer


@dataclass
class Row:
    name: str
    all: list[Target]

    def hot(self) -> list[Target]:
        return sample(self.all, HOT)


def sample(things: list, most: int) -> list:
    """Some of them, the same ones each time."""
    return random.Random(1).sample(things, min(most, len(things)))


class Finder:
    """Finds targets in the store of a server."""

    def __init__(self, server: Server):
        self.server = server
        self.articles = self.walk("articles", "statement_count")
        self.rows = {
            "one article with its statements and tags": self.one_article,
            "newest 20": lambda: [Target("/v1/articles", min(LIMIT, len(self.articles)))],
            f"20 by tag, {PAGE}th page by cursor": self.by_tag,
            "20 statements of a speaker": self.by_speaker,
            "search, word of medium frequency, 20": lambda: self.search(""),
            "search, newest first": lambda: self.search("&sort=-published_at"),
            "304": self.not_modified,
        }

    def find(self, wanted: str, without: str = "") -> list[Row]:
        """The rows in whose names that stands."""
        names = [name for name in self.rows if wanted in name and name != without]
        if not names:
            raise Wrong(f"there is no row `{wanted}`, but: {'; '.join(self.rows)}")
        found = [Row(name, self.rows[name]()) for name in names]
        if empty := [row.name for row in found if not row.all]:
            raise Wrong(f"the store has nothing for: {'; '.join(empty)}")
        return found

    def walk(self, what: str, count: str) -> list[tuple[str, int]]:
        """The ids of all, with a count that each has."""
        first = f"/v1/{what}?limit=100&fields=id,{count}"
        found, cursor = [], ""
        while cursor is not None:
            page = self.server.get(first + (cursor and f"&cursor={cursor}"))
            found += [(one["id"], one[count]) for one in page["data"]]
            cursor = page["page"]["next"]
        return found

    def one_article(self) -> list[Target]:
        return [Target(f"/v1/articles/{id}", count) for id, count in self.articles]

    def by_tag(self) -> list[Target]:
        """The page of every tag that has so many; where none has, the last full page of those that have most."""
        counts = {id: min(PAGE, count // LIMIT) for id, count in self.walk("tags", "article_count")}
        page = max(counts.values())
        return [self.page(f"/v1/articles?tag={id}", page) for id, pages in counts.items() if pages == page > 1]

    def page(self, list_: str, number: int) -> Target:
        before, cursor = (number - 1) * LIMIT, ""
        while before:
            limit = min(100, before)
            page = self.server.get(f"{list_}&fields=id&limit={limit}" + (cursor and f"&cursor={cursor}"))
            before, cursor = before - limit, page["page"]["next"]
        return Target(f"{list_}&cursor={cursor}", LIMIT)

    def by_speaker(self) -> list[Target]:
        """Of every speaker who has as many."""
        speakers = self.walk("speakers", "statement_count")
        return [Target(f"/v1/statements?speaker={id}", LIMIT) for id, count in speakers if count >= LIMIT]

    def search(self, order: str) -> list[Target]:
        """Words that 0.1 to 1 % of the articles have, out of articles from all over the store; the rarest of these first."""
        ids = ",".join(id for id, _ in sample(self.articles, 100))
        articles = self.server.get(f"/v1/articles?limit=100&include=body&ids={ids}")["data"]
        having = Counter()
        for article in articles:
            text = " ".join(block.get("text", "") for block in article["body"])
            having.update({word for word in re.findall(r"[^\W\d_]+", text) if len(word) > 2})
        found = []
        for word in sorted(having, key=lambda word: (having[word], word))[:TRIED]:
            path = f"/v1/articles?q={quote(word)}"
            hits = self.server.get(f"{path}&count=true&limit=1")["page"]["total"]
            if len(self.articles) / 1_000 <= hits <= len(self.articles) / 100:
                found.append(Target(path + order, min(LIMIT, hits)))
            if len(found) == WORDS:
                break
        return found

    def not_modified(self) -> list[Target]:
        paths = [f"/v1/articles/{id}" for id, _ in sample(self.articles, MOST)]
        return [Target(path, etag=self.server.ask(path, method="HEAD").etag) for path in paths]
