"""Holds that nginx gives out what it has for as long as Cache-Control says and no longer, in steps (begin, stale, end, last; each
with the FILE of what the first has seen) that other tests lie between, which change the content."""

import json
import sys
import time

from client import FRONT, NODES, Client, expect, wait_until

FRESH, STALE = 30, 60  # max-age, and stale-while-revalidate beyond it
EARLY, LATE = "/v1/articles?limit=11&fields=id,updated_at", "/v1/articles?limit=12&fields=id,updated_at"


def main() -> None:
    step, file = sys.argv[1:]
    front, node = Client(FRONT), Client(NODES[0])
    if step == "begin":
        same = f"/v1/articles/{node('/v1/articles?sort=published_at&limit=1').json()['data'][0]['id']}"
        tags = {path: front(path)["etag"] for path in (EARLY, LATE, same)}
        json.dump({"at": time.time(), "tags": tags, "same": same}, open(file, "w"))
        return
    begun = json.load(open(file))

    def age() -> float:
        return time.time() - begun["at"]

    if step == "stale":
        wait_until(lambda: age() > FRESH + 1, "they are no longer fresh", seconds=FRESH + 5)
        expect(age() < STALE - 5, f"{EARLY} may still be given out after {age():.0f} s")
        expect(node(EARLY)["etag"] != begun["tags"][EARLY], "the content has changed since")
        first = front(EARLY)
        expect(
            (first["x-cache"], first["etag"]) == ("STALE", begun["tags"][EARLY]),
            f"it is given out once more: {first['x-cache']}",
        )
        wait_until(lambda: front(EARLY)["x-cache"] == "HIT", "it was asked anew behind that", seconds=3)
        expect(front(EARLY)["etag"] == node(EARLY)["etag"], "and is what the node says now")
        return
    if step == "last":
        # It was asked anew at the step `stale`, before that of `end`.
        wait_until(
            lambda: age() > 2 * STALE, "nothing that was read then may be given out by its headers", seconds=STALE
        )
        last = front(EARLY)
        expect(
            (last.status, last["x-cache"]) == (200, "STALE"),
            f"the last answer is better than none: {last.status} {last['x-cache']}",
        )
        return
    wait_until(lambda: age() > STALE + 1, "they may not be given out any more", seconds=STALE)
    late = front(LATE)
    expect(
        (late["x-cache"], late["etag"]) == ("EXPIRED", node(LATE)["etag"]),
        f"after {STALE} s nothing old is given out: {late['x-cache']}",
    )
    same = front(begun["same"])
    expect(
        (same["x-cache"], same["etag"]) == ("REVALIDATED", begun["tags"][begun["same"]]),
        f"what is unchanged is asked for by its ETag: {same['x-cache']}",
    )
    print(
        f"nginx gives out what it has for {FRESH} s, then once more while it asks anew, and not after {STALE} s; unchanged: by ETag"
    )


main()
