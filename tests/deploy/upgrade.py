"""One node after the other is started anew, by the commands that are the arguments; nobody behind nginx notices."""

import subprocess
import sys
import threading

from client import FRONT, Client, expect
from counts import Counted
from reader import Reader


def main() -> None:
    front, counted = Client(FRONT), Counted()
    expect(counted.write(front).status == 201, "a write is taken before")
    done, statuses = threading.Event(), []

    def write() -> None:
        while not done.is_set():
            statuses.append(counted.write(front).status)

    readers = [Reader(FRONT, counted.path) for _ in range(2)]
    writer = threading.Thread(target=write, daemon=True)
    for thread in [*readers, writer]:
        thread.start()
    for command in sys.argv[1:]:
        subprocess.run(["bash", "-c", command], check=True)
    done.set()
    writer.join(timeout=30)
    reads, slowest = Reader.finish(readers, "while nodes are started anew")
    expect(set(statuses) == {200}, f"every write is taken while nodes are started anew: {set(statuses)}")
    print(
        f"while {len(sys.argv) - 1} nodes were upgraded: {reads} reads and {len(statuses)} writes through nginx, all 200, the slowest read in {slowest:.2f} s"
    )


main()
