"""An invented article whose title counts, so that whoever reads it knows which write it sees."""

import re
import uuid

from client import Client


def article(counter: int, published_at: str = "2026-03-01T09:00:00Z") -> dict:
    quote = f"We have counted to {counter}"
    return {
        "language": "en",
        "title": f"Count {counter}",
        "outlet": {"name": "North Wire"},
        "status": "published",
        "published_at": published_at,
        "text": f"“{quote},” Captain Ada Rowe said, according to Harbour Radio.\nNobody was hurt.",
        "statements": [
            {"form": "direct", "quote": quote, "speaker": {"name": "Ada Rowe"}, "outlet": {"name": "Harbour Radio"}}
        ],
    }


def counter_of(thing: dict) -> int:
    return int(re.search(r"\d+", thing["title"])[0])


class Counted:
    """One such article: each write counts on from the last that was taken."""

    def __init__(self):
        self.path, self.counter, self.tag = f"/v1/articles/{uuid.uuid4()}", 0, None

    def write(self, place: Client):
        headers = {"If_Match": self.tag} if self.tag else {}
        answer = place(self.path, "PUT", article(self.counter + 1), keyed=True, **headers)
        if answer.status in (200, 201):
            self.counter, self.tag = self.counter + 1, answer["etag"]
        return answer

    def shown_by(self, place: Client) -> bool:
        answer = place(self.path)
        return answer.status == 200 and counter_of(answer.json()) == self.counter
