"""What was sent, what of it was acknowledged, and whether a store is as it then has to be."""

import json
import random
import threading
import uuid
from dataclasses import dataclass, field

from program import Wrong

WORDS = ["goats", "ferry", "قالت", "الوزيرةُ", "عبّارة", "harbour", "😀", "مياه", "bridge", "الميناء", "yes", "tide"]
SPEAKERS = ["Bo Tower", "ليلى الحارثي", "Maud Isk", "سامي الورّاق"]


@dataclass
class Article:
    """One thing, and everything that it was ever to be. Only one writer changes it at a time."""

    id: str
    states: list[dict | None] = field(default_factory=list)
    """None where it was to be gone."""
    revisions: dict[int, int] = field(default_factory=dict)
    """The revision of each state that was acknowledged."""
    settled: int = -1
    """The last state that was acknowledged; -1 where none was."""
    asked: int | None = None
    """The state in which it was to be made by a POST, until that is answered."""

    def is_gone(self) -> bool:
        return self.settled >= 0 and self.states[self.settled] is None

    def revision(self) -> int:
        return self.revisions.get(self.settled, 0)

    def next_state(self, chance: random.Random) -> tuple[int, dict]:
        """Something new for it to be."""
        number = len(self.states)
        said = [f"{chance.choice(WORDS)} {number} {chance.choice(WORDS)} {at}" for at in range(chance.randrange(4))]
        body = [f"{chance.choice(SPEAKERS)}: {quote}." for quote in said]
        filler = " ".join(chance.choice(WORDS) for _ in range(chance.choice([5, 50, 800])))
        state = {
            "id": self.id,
            "language": chance.choice(["ar", "en"]),
            "title": f"State {number} of {self.id}",
            "body": [{"type": "paragraph", "text": text} for text in [*body, f"{number}: {filler}"]],
            "outlet": {"name": f"Outlet {chance.randrange(5)}"},
            "tags": [{"name": chance.choice(WORDS)}],
            "status": chance.choice(["draft", "published", "published"]),
            "published_at": "2026-03-01T08:00:00.000Z",
            "statements": [
                {"quote": quote, "form": "direct", "speaker": {"name": chance.choice(SPEAKERS)}} for quote in said
            ],
        }
        self.states.append(state)
        return number, state

    def next_title(self) -> tuple[int, dict]:
        """The same but for its title."""
        number = len(self.states)
        patch = {"title": f"State {number} of {self.id}"}
        self.states.append({**self.states[self.settled], **patch})
        return number, patch

    def end(self) -> int:
        """Nothing any more."""
        self.states.append(None)
        return len(self.states) - 1

    def state_of(self, line: dict) -> int:
        """Which of its states a line of an export is, whole; the last of them where it was to be gone more than once."""
        wanted = None if line.get("type") == "deleted" else essence(line)
        states = [state and essence(state) for state in self.states]
        number = max((at for at, state in enumerate(states) if state == wanted), default=None)
        if number is None:
            raise Wrong(f"{self.id} is nothing that was ever sent, or only half of it:\n{json.dumps(line, ensure_ascii=False)}")
        return number


def essence(article: dict):
    """What of an article its writer decides."""
    plain = ["id", "language", "title", "body", "status", "published_at"]
    names = [article["outlet"]["name"], *(tag["name"] for tag in article.get("tags", []))]
    return [article.get(name) for name in plain], names, [said(one) for one in article.get("statements", [])]


def said(statement: dict):
    chain = statement.get("attribution")
    speaker = (chain[0] if chain else statement)["speaker"]["name"]
    return statement["quote"], statement["form"], speaker


class Ledger:
    """All that was sent to one store."""

    def __init__(self):
        self.lock = threading.Lock()
        self.articles: dict[str, Article] = {}
        self.sequence = 0
        """The highest that was acknowledged."""
        self.public_sequence = 0
        """The highest that was seen."""
        self.acknowledged = 0

    def article(self, chance: random.Random) -> Article:
        article = Article(str(uuid.UUID(int=chance.getrandbits(128), version=4)))
        with self.lock:
            self.articles[article.id] = article
        return article

    def acknowledge(self, article: Article, number: int, revision: int, sequence: int = 0):
        with self.lock:
            if revision != article.revision() + 1:
                raise Wrong(f"{article.id} has revision {revision} after {article.revision()}")
            article.settled, article.revisions[number] = number, revision
            self.sequence = max(self.sequence, sequence)
            self.acknowledged += 1

    def now(self) -> dict[str, int]:
        """What has to be in a store from now on: the state of each article, or a later one."""
        with self.lock:
            return {article.id: article.settled for article in self.articles.values() if article.settled >= 0}

    def hold(self, lines: list[dict], at_least: dict[str, int]) -> dict[str, int]:
        """Holds an export against what was sent; gives the state that each article is in."""
        found = {}
        for line in lines:
            article = self.articles.get(line["id"])
            if article is None:
                raise Wrong(f"nobody sent this: {line}")
            number = found[article.id] = article.state_of(line)
            # Only the one change after the last that was acknowledged can be there beside what was.
            known = article.revisions.get(number, article.revision() + 1)
            # What is gone has none.
            if line.get("revision", known) != known:
                raise Wrong(f"state {number} of {article.id} has revision {line['revision']}, not {known}")
        for id, number in at_least.items():
            if found.get(id, -1) < number:
                raise Wrong(f"{id} was acknowledged in state {number}, and is in state {found.get(id, 'none')}")
        return found

    def settle(self, found: dict[str, int], lines: list[dict]):
        """After a kill: what is there is what counts from now on."""
        revisions = {line["id"]: line.get("revision", 0) for line in lines}
        for id, article in self.articles.items():
            article.settled = found.get(id, -1)
            if article.settled >= 0:
                article.revisions[article.settled] = revisions[id]
