"""A database ends and comes back, while the nodes are read: which one is told by the first argument (primary, replica); the
next two are the commands that end and start it."""

import subprocess
import sys
import time

from client import FRONT, NODES, Client, expect, wait_until
from counts import Counted
from reader import Reader

READS_MEANWHILE = 150  # By each reader.


def main() -> None:
    which, end, start = sys.argv[1:]
    nodes, front, counted = [Client(node) for node in NODES], Client(FRONT), Counted()
    expect(counted.write(nodes[0]).status == 201, "a write is taken before")
    for node in nodes:
        wait_until(lambda: counted.shown_by(node), "the write is shown by all")
    readers = [Reader(place, counted.path) for place in [*NODES, FRONT]]
    for reader in readers:
        reader.start()
    subprocess.run(["bash", "-c", end], check=True)

    took = []
    for place in [*nodes, front, *nodes, front]:
        started = time.monotonic()
        answer = counted.write(place)
        took.append(time.monotonic() - started)
        if which == "primary":
            expect(
                answer.status == 503 and answer["retry-after"],
                f"a write is refused with Retry-After by {place.url}: {answer}",
            )
            expect(
                answer["content-type"] == "application/problem+json" and answer.json()["status"] == 503,
                "as a problem document",
            )
        else:
            expect(answer.status == 200, f"a write is taken by {place.url}: {answer}")
    so_far = [reader.reads for reader in readers]
    wait_until(
        lambda: any(reader.faults for reader in readers)
        or all(r.reads >= n + READS_MEANWHILE for r, n in zip(readers, so_far)),
        f"each place is read {READS_MEANWHILE} times meanwhile",
        seconds=60,
    )
    ready = {node("/health/ready").status for node in nodes}
    subprocess.run(["bash", "-c", start], check=True)
    back = max(wait_until(lambda: counted.write(node).status == 200, f"{node.url} writes again") for node in nodes)
    shown = max(wait_until(lambda: counted.shown_by(node), f"{node.url} shows the last write") for node in nodes)
    reads, slowest = Reader.finish(readers, f"without the {which}")
    written = f"writes are {'refused with 503' if which == 'primary' else 'taken'} within {max(took):.2f} s"
    print(
        f"without the {which}: {reads} reads, all 200, the slowest in {slowest:.2f} s; {written}; /health/ready says {ready}"
    )
    print(f"when it is back: written again after {back:.2f} s, shown by all nodes {shown:.2f} s later")


main()
