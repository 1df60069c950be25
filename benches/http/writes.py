"""Durable writes by one client and by several, and reads with a steady stream of writes beside them."""

import json
import random
import sys
from itertools import islice
from statistics import median

import load
from programs import WITHOUT_CACHE, Bench, Server, Wrong, described, fresh, isnad, store
from reads import WARM_SECONDS
from targets import Finder, sample

CLIENTS = (1, 8)
RATE = 100  # Writes a second beside reads,
WRITERS = 4  # by so many clients.
MOST_A_SECOND = 3_000  # Articles are made ready for so many writes.
LOOKED_AT = 20


class Desk:
    """Writes articles that the store does not have, each as one request."""

    def __init__(self, bench: Bench, articles, key: str):
        self.bench, self.articles, self.key = bench, articles, key

    def requests(self, count: int):
        """A file of so many, and what they write."""
        lines = list(islice(self.articles, count))
        headers = {**self.authorization(), "Content-Type": "application/json"}
        requests = [load.request("POST", "/v1/articles", headers, line) for line in lines]
        return load.save(self.bench.file(), requests), lines

    def authorization(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.key}"}

    def write(self, server: Server, clients: int, seconds: int) -> load.Load:
        """As many as they can, one after the other each."""
        requests, lines = self.requests(seconds * MOST_A_SECOND)
        done = load.run(server, requests, seconds, 0, connections=clients)
        requests.unlink()
        # wrk makes the first request to look at it, and does not send it; those that were sent last may not be answered.
        self.look_at(server, lines[1 : done.answers - clients])
        return done

    def look_at(self, server: Server, lines: list[bytes]):
        for wanted in map(json.loads, sample(lines, LOOKED_AT)):
            answer = server.ask(f"/v1/articles/{wanted['id']}", self.authorization())
            found = answer.json()
            same = answer.status == 200 and found["title"] == wanted["title"]
            if not same or len(found["statements"]) != len(wanted["statements"]):
                raise Wrong(f"{wanted['id']} was written and is answered with {answer.status}: {answer.body.decode()}")

    def read_beside(self, server: Server, reads, seconds: int) -> tuple[load.Load, load.Load]:
        """Reads while a steady stream of articles is written; what came of the reads, and of the writes."""
        requests, _ = self.requests((seconds + WARM_SECONDS + 1) * RATE * 2)
        writing = load.start(server, requests, seconds + WARM_SECONDS + 1, 0, connections=WRITERS, rate=RATE)
        try:
            done = read(server, reads, seconds)
        finally:
            written = load.finish(writing)
        requests.unlink()
        return done, written


def read(server: Server, reads, seconds: int) -> load.Load:
    load.run(server, reads, WARM_SECONDS, random.randrange(1, 1 << 30))
    return load.run(server, reads, seconds, random.randrange(1, 1 << 30))


def durable_writes(options):
    with Bench() as bench:
        database = bench.copy(store(options.articles))
        key = isnad("key", "create", "--database", str(database), "--name", "bench", "--scope", "publish").strip()
        articles = fresh(options.articles)
        bench.callback(articles.close)
        desk = Desk(bench, articles, key)
        cached, plain = bench.serve(database), bench.serve(database, WITHOUT_CACHE)
        about = described(store(options.articles), plain)
        row, = Finder(plain).find("one article")
        kinds = {"hot, cached": (cached, row.hot()), "any of the store, cache off": (plain, row.all)}
        kinds = {
            name: (server, load.save(bench.file(), [target.request() for target in targets]))
            for name, (server, targets) in kinds.items()
        }
        written = {clients: [] for clients in CLIENTS}
        quiet, busy = {name: [] for name in kinds}, {name: [] for name in kinds}
        for number in range(options.rounds):
            for clients, loads in written.items():
                loads.append(desk.write(cached, clients, options.seconds))
            for name, (server, reads) in kinds.items():
                quiet[name].append(read(server, reads, options.seconds))
                busy[name].append(desk.read_beside(server, reads, options.seconds))
            rates = ", ".join(f"{clients}: {loads[-1].rate:,.0f}" for clients, loads in written.items())
            print(f"round {number + 1}, writes a second by number of clients: {rates}", file=sys.stderr, flush=True)
        print("| clients that write | articles a second | p50 / p99 in µs | processor µs an article |\n|---|--:|--:|--:|")
        for clients, loads in written.items():
            print(f"| {clients} | {middle(loads, 'rate')} | {middle(loads, 'p50')} / {middle(loads, 'p99')} "
                  f"| {middle(loads, 'cost')} |")
        print("\n| article reads | a second | p50 / p99 in µs | with so many writes a second | a second | p50 / p99 in µs "
              "| p99 to that without |\n|---|--:|--:|--:|--:|--:|--:|")
        for name in kinds:
            alone, (beside, writes) = quiet[name], zip(*busy[name])
            ratio = median(mine.p99 / its.p99 for mine, its in zip(beside, alone))
            print(f"| {name} | {middle(alone, 'rate')} | {middle(alone, 'p50')} / {middle(alone, 'p99')} "
                  f"| {middle(writes, 'rate')} | {middle(beside, 'rate')} "
                  f"| {middle(beside, 'p50')} / {middle(beside, 'p99')} | {ratio:.2f} |")
        print(f"\n{about}")


def middle(loads, what: str) -> str:
    return f"{median(getattr(load, what) for load in loads):,.0f}"
