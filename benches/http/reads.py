"""Reads of isnad beside the ceiling, with the response cache and without; or of two stores beside each other, without it.

Each round times every server once, one after the other, so that whatever else the machine does falls on all of them.
"""

import random
import sys
from dataclasses import dataclass, field
from pathlib import Path
from statistics import mean, median

import load
from programs import WITHOUT_CACHE, Answer, Bench, Server, Wrong, described, store
from targets import HOT, Finder, Row, Target, sample

WARM_SECONDS = 1
STARTS = 11
NEWEST_FIRST = "search, newest first"  # Of this nothing is asked but what it costs in a large store.


@dataclass
class Course:
    """A server, what it is asked for one row, and what came of it in each round."""

    server: Server
    requests: Path
    mean_bytes: float
    loads: list[load.Load] = field(default_factory=list)

    def run(self, seconds: int, seed: int):
        load.run(self.server, self.requests, WARM_SECONDS, seed + 1)
        done = load.run(self.server, self.requests, seconds, seed)
        # wrk does not tell a 200 from a 304: their size does. A head has less than a kilobyte.
        if abs(done.mean_bytes - self.mean_bytes) > self.mean_bytes / 5 + 1_000:
            raise Wrong(f"answers have {done.mean_bytes:.0f} bytes in the middle, not {self.mean_bytes:.0f}")
        self.loads.append(done)

    def rate(self) -> float:
        return median(load.rate for load in self.loads)

    def cost(self) -> float:
        return median(load.cost for load in self.loads)

    def times(self) -> str:
        return f"{median(load.p50 for load in self.loads):,.0f} / {median(load.p99 for load in self.loads):,.0f}"

    def ratio(self, other: "Course") -> float:
        """How fast it is beside another: of the ratios in each round that in the middle."""
        return median(mine.rate / its.rate for mine, its in zip(self.loads, other.loads))


def course(bench: Bench, server: Server, targets: list[Target]) -> Course:
    """Checks the answers, some of them where they are very many, and makes the requests ready."""
    sizes = [len(target.check(server).body) for target in sample(targets, HOT)]
    requests = load.save(bench.file(), [target.request() for target in targets])
    return Course(server, requests, mean(sizes))


def interleave(courses: dict[str, list[Course]], options):
    for number in range(options.rounds):
        for name, beside in courses.items():
            for one in beside:
                # Other targets in each, and never 0: that is none at random.
                one.run(options.seconds, random.randrange(1, 1 << 30))
            rates = ", ".join(f"{one.loads[-1].rate:,.0f}" for one in beside)
            print(f"round {number + 1}, {name}: {rates} a second", file=sys.stderr, flush=True)


def same_answers(rows: list[Row], cached: Server, plain: Server) -> dict[str, Answer]:
    """What the ceiling is to answer, once it is shown to be the same whether it comes from the cache or not."""
    answers = {}
    for path in {target.path: None for row in rows for target in row.hot()}:
        cached.ask(path)
        kept = cached.ask(path)
        if kept.status != 200 or kept != plain.ask(path):
            raise Wrong(f"{path} is answered otherwise with the cache than without it")
        answers[path] = kept
    return answers


def beside_the_ceiling(options):
    database = store(options.articles)
    starts = []
    for _ in range(STARTS):
        with Bench() as bench:
            starts.append(bench.serve(database).milliseconds_to_answer)
    with Bench() as bench:
        cached, plain = bench.serve(database), bench.serve(database, WITHOUT_CACHE)
        idle = cached.memory(), plain.memory()
        rows = Finder(plain).find(options.row, without=NEWEST_FIRST)
        answers = same_answers(rows, cached, plain)
        ceiling = bench.ceiling(answers)
        if wrong := [path for path, answer in answers.items() if ceiling.ask(path) != answer]:
            raise Wrong(f"the ceiling answers {wrong[0]} otherwise")
        courses = {
            row.name: [course(bench, ceiling, row.hot()), course(bench, cached, row.hot()), course(bench, plain, row.all)]
            for row in rows
        }
        interleave(courses, options)
        print("| request | targets hot, cold | the ceiling, a second | hot | cold "
              "| p50 / p99 in µs: the ceiling | hot | cold | processor µs an answer: the ceiling, hot, cold |")
        print("|---|--:|--:|--:|--:|--:|--:|--:|--:|")
        for row in rows:
            top, hot, cold = courses[row.name]
            print(f"| {row.name} | {len(row.hot()):,}, {len(row.all):,} | {top.rate():,.0f} "
                  f"| {hot.ratio(top):.3f} | {cold.ratio(top):.3f} | {top.times()} | {hot.times()} | {cold.times()} "
                  f"| {top.cost():,.0f}, {hot.cost():,.0f}, {cold.cost():,.0f} |")
        print(f"\nMemory, its own and mapped files, with the cache: {idle[0]} after the start, {cached.memory()} after the run; "
              f"without: {idle[1]} and {plain.memory()}. "
              f"Start to first answer: {median(starts):.0f} ms.\n{described(database, plain)}")


def two_stores(options):
    databases = [store(articles) for articles in options.compare]
    with Bench() as bench:
        servers = [bench.serve(database, WITHOUT_CACHE) for database in databases]
        rows = [Finder(server).find(options.row) for server in servers]
        courses = {
            beside[0].name: [course(bench, server, row.all) for server, row in zip(servers, beside)]
            for beside in zip(*rows)
        }
        interleave(courses, options)
        one, other = (f"{articles:,}" for articles in options.compare)
        print(f"| request | {one} articles: a second | p50 / p99 in µs | {other}: a second | p50 / p99 in µs "
              f"| processor µs an answer | cost of one in {one} beside {other} |\n|---|--:|--:|--:|--:|--:|--:|")
        for name, (mine, its) in courses.items():
            print(f"| {name} | {mine.rate():,.0f} | {mine.times()} | {its.rate():,.0f} | {its.times()} "
                  f"| {mine.cost():,.0f}, {its.cost():,.0f} | {its.ratio(mine):.2f} |")
        print("\n" + "\n".join(described(*one) for one in zip(databases, servers)))
