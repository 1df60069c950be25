"""Articles that come due go live once, whichever node sees it first, and every node shows them."""

import uuid
from datetime import datetime, timedelta, timezone

from client import NODES, Client, expect, wait_until
from counts import Counted, article

ARTICLES = 8
WAIT = 4  # Seconds from now that they come due; time to write them.


def main() -> None:
    nodes, marker = [Client(node) for node in NODES], Counted()
    expect(marker.write(nodes[0]).status == 201, "a write is taken")
    due = datetime.now(timezone.utc) + timedelta(seconds=WAIT)
    moment = due.isoformat(timespec="milliseconds").replace("+00:00", "Z")
    ids = [str(uuid.uuid4()) for _ in range(ARTICLES)]
    for number, id in enumerate(ids):
        answer = nodes[number % 2](f"/v1/articles/{id}", "PUT", article(number, moment), keyed=True)
        expect(answer.status == 201, f"a scheduled article is taken: {answer.status} {answer.body[:300]}")
        before = int(answer["x-sequence"])
    expect(datetime.now(timezone.utc) < due, "they are written before they come due")
    for node in nodes:
        wait_until(lambda: node("/v1/meta").status == 200, "the node answers")
        expect(all(node(f"/v1/articles/{id}").status == 404 for id in ids), "nobody sees them before")
    public = int(nodes[0]("/v1/meta").json()["public_sequence"])

    late = []
    for node in nodes:
        wait_until(
            lambda: all(node(f"/v1/articles/{id}").status == 200 for id in ids), "all are shown", seconds=WAIT + 10
        )
        late.append((datetime.now(timezone.utc) - due).total_seconds())
    # Each clockwork has looked again by then, and would have shown them a second time.
    wait_until(lambda: datetime.now(timezone.utc) > due + timedelta(seconds=2), "two seconds have passed")
    risen = {int(node("/v1/meta").json()["public_sequence"]) - public for node in nodes}
    expect(risen == {1}, f"one transaction brought all to light: the public sequence rose by {risen}")
    # Equal to what is there: nothing is written, and the present sequence is told.
    same = nodes[1](marker.path, "PUT", article(marker.counter), keyed=True)
    expect(
        same.status == 200 and int(same["x-sequence"]) == before + 1,
        f"the sequence rose by one from {before}: {same['x-sequence']}",
    )
    print(
        f"{ARTICLES} scheduled articles went live in one transaction, shown by both nodes {max(late):.2f} s after they were due"
    )


main()
