"""nginx answers as the nodes do, and keeps what it may keep and nothing else."""

import re
import time

from client import FRONT, KEY, NODES, Client, expect

CODINGS = [
    "",
    "gzip",
    "br",
    "gzip, deflate, br, zstd",
    "gzip;q=1.0, deflate;q=0.6, identity;q=0.3",
    "br;q=0, gzip",
    "identity",
    "*;q=0",
]
WRONG = [
    "/v1/articles?colour=red",
    "/v1/articles/nothing-here",
    "/v1/articles?limit=1000",
    "/nowhere",
    "/v1/articles?cursor=%22%3C%2Fscript%3E",
]
OTHER = ["/", "/docs/", "/openapi.json", "/health/live", "/health/ready"]
# Spelled unusually, with what a proxy might tidy up: none of it is to change on the way.
ODD = [
    "/v1/articles?limit=3&",
    "/v1//articles",
    "/v1/articles/../meta",
    "/v1/articles?limit=%33",
    "/v1/%61rticles?limit=2",
    "/v1/articles/",
    "/v1/tags?q=%D8%A7",
]
# nginx does not look at Vary: the coding stands in its key, and nothing is kept of who has a key.
VARIES = (None, "Accept-Encoding", "Accept-Encoding, Authorization")
# What this run has not read yet: with one node and with two, the same answer under another spelling.
UNREAD = "&&&" * len(NODES)
# Five times the most that one parameter takes, in letters of twelve bytes each: as long as an address gets.
VALUES = ",".join(["%F0%90%8E%80" * 79] * 12)
LONG = "/v1/articles?" + "&".join(f"{name}={VALUES}" for name in ("tag_any", "tag_not", "outlet", "speaker", "via"))
# `Link` repeats it thrice.
PAGED = f"/v1/articles?tag_not={VALUES}&limit=2"


def crawl(node: Client) -> list[str]:
    """Lists, their pages, and all that they lead to."""
    paths = []
    for kind in ("articles", "statements", "speakers", "outlets", "tags"):
        page = f"/v1/{kind}?limit=20"
        while page:
            paths.append(page)
            answer = node(page)
            paths += [f"/v1/{kind}/{thing['id']}" for thing in answer.json()["data"]]
            following = re.search(r'<([^>]*)>; rel="next"', answer["link"] or "")
            page = following and following[1]
    articles = [path for path in paths if path.startswith("/v1/articles/")]
    return [*paths, *(f"{path}/{part}" for path in articles for part in ("statements", "related"))]


def same_as_the_node(node: Client, front: Client) -> None:
    asked = 0
    # With several nodes it has been shown for one already: every third address will do.
    found = crawl(node)[:: 1 if len(NODES) == 1 else 3]
    paged = re.search(r'<([^>]*)>; rel="next"', node(PAGED)["link"])[1]
    for path in [*found, *WRONG, *OTHER, *ODD, LONG, paged]:
        # All codings of some, one of each in turn of the rest.
        for coding in CODINGS if path in found[:40] or path not in found else CODINGS[asked % 3 :][:1]:
            for method in ("GET", "HEAD"):
                headers = {"Accept_Encoding": coding, "X_Request_Id": f"request-{asked}"}
                direct, through = node(path, method, **headers), front(path, method, **headers)
                expect(
                    direct.essence() == through.essence(),
                    f"{method} {path} with {coding!r} is the same through nginx:\n"
                    f"{direct.essence()[:2]}\n{through.essence()[:2]}\n{direct.body[:200]}\n{through.body[:200]}",
                )
                expect(direct["vary"] in VARIES, f"{path} varies by what nginx knows of: {direct['vary']}")
                asked += 1
    print(f"{asked} answers are the same through nginx as from the node, {len(found)} addresses in all codings")


def what_is_kept(node: Client, front: Client) -> None:
    path = "/v1/articles?limit=7&fields=id,title" + UNREAD
    expect(front(path)["x-cache"] == "MISS", "the first read misses the cache")
    again = front(path)
    expect(again["x-cache"] == "HIT", "the second read hits it")
    expect(front(path, "HEAD")["x-cache"] == "HIT", "so does HEAD")
    expect(front(path, Accept_Encoding="br;q=0.1,x")["x-cache"] == "MISS", "another coding is another variant")
    expect(front(path, Accept_Encoding="gzip, deflate, br, zstd")["x-cache"] == "HIT", "which all who take it share")
    expect(front(path + "&")["x-cache"] == "MISS", "another spelling of the query is another address")
    front(path + "&&", Accept_Encoding="*")
    expect(front(path + "&&")["content-encoding"] is None, "who names no coding gets none, whoever asked before")
    known = front(path, If_None_Match=again["etag"])
    expect(
        (known.status, known["x-cache"], known.body) == (304, "HIT", b""), "who has it is answered 304 from the cache"
    )
    expect(front(path, If_None_Match='"other"').status == 200, "who has another is not")
    part = front(path, Range="bytes=0-9")
    expect((part.status, part.body) == (200, again.body), "a range is not cut out of a kept answer")
    expect(front(path, X_Request_Id="mine")["x-request-id"] == "mine", "a kept answer has the id of its own request")
    first, second = (front(path)["x-request-id"] for _ in range(2))
    expect(first != second, "which is another each time")
    for wrong in [*WRONG, "/health/ready"]:
        for _ in range(2):
            expect(front(wrong)["x-cache"] in ("MISS", "EXPIRED"), f"{wrong} is not kept")
    started = time.monotonic()
    for _ in range(300):
        front(path)
    print(f"a kept answer takes {(time.monotonic() - started) / 300 * 1000:.1f} ms through nginx and TLS")


def what_is_keyed(front: Client) -> None:
    path = "/v1/articles?limit=6" + UNREAD
    front(path)
    expect(front(path)["x-cache"] == "HIT", "without a key it is kept")
    for authorization, status in [("Bearer wrong", 401), (f"Bearer {KEY}", 200)]:
        for _ in range(2):
            answer = front(path, Authorization=authorization)
            expect(
                (answer.status, answer["x-cache"]) == (status, None),
                f"a request with a key passes the cache by: {answer}",
            )
    fresh = "/v1/articles?limit=5" + UNREAD
    front(fresh, Authorization=f"Bearer {KEY}")
    expect(front(fresh)["x-cache"] == "MISS", "and what it is answered is not kept")
    print("requests with a key are neither kept nor answered from what is kept")


def main() -> None:
    node, front = Client(NODES[0]), Client(FRONT)
    same_as_the_node(node, front)
    what_is_kept(node, front)
    what_is_keyed(front)


main()
