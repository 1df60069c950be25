"""rounds.py ROUNDS SEED: kills the program while it takes writes, and holds what is there against what was acknowledged.

What is shown: nothing that was acknowledged is lost by the end of the process, whenever that comes; nothing else is there
by half; numbers only rise; backups made meanwhile are whole. What a loss of power does is not shown: what a killed process
has handed to the system is safe, whether or not it had come to the disk.
"""

import random
import shutil
import sys
import tempfile
import time
from pathlib import Path

from ledger import Ledger
from program import Folder, Server, Wrong
from writers import Editor, Importer, hold_prefix

ROUNDS_A_STORE = 8
EDITORS = 3
IMPORTERS = 2
PAGE = 100
MOST_SECONDS = 3


class Store:
    """A store that is killed some times, and what was sent to it."""

    def __init__(self, path: Path, chance: random.Random):
        self.folder, self.ledger, self.chance = Folder(path), Ledger(), chance
        self.articles = [[] for _ in range(EDITORS + IMPORTERS)]
        self.counts = {"kills": 0, "backups": 0, "backups killed": 0}

    def round(self):
        server = Server(self.folder)
        if self.chance.random() < 0.15:
            # At its start, when it brings tables up to date and reads what was left.
            time.sleep(self.chance.uniform(0, 0.2))
            self.kill(server)
            self.hold_store()
            return
        server.ready()
        self.hold_answers(server)
        writers = [self.writer(at, server) for at in range(EDITORS + IMPORTERS)]
        for writer in writers:
            writer.start()
        self.wait_for_writes(self.chance.randrange(60))
        backup = self.begin_backup() if self.chance.random() < 0.5 else None
        # Some backups are under way then, some are done; and so are some writes.
        time.sleep(self.chance.choice([0, 0.01, 0.05, 0.2]) * self.chance.random())
        if backup and self.chance.random() < 0.5:
            backup[0].kill()
        self.kill(server)
        for writer in writers:
            writer.finish()
        # First, so that nobody has the store open: as long as somebody has, SQLite does not look for what was written whole
        # and not yet acknowledged. It would come to light after the next round began.
        if backup:
            self.hold_backup(*backup)
        found = self.hold_store(restart=self.chance.random() < 0.5)
        for writer in writers:
            if isinstance(writer, Importer):
                hold_prefix(writer, found)

    def wait_for_writes(self, number: int):
        """Waits until so many are acknowledged; on a machine that is busy with something else, for fewer."""
        wanted, until = self.ledger.acknowledged + number, time.monotonic() + MOST_SECONDS
        while self.ledger.acknowledged < wanted and time.monotonic() < until:
            time.sleep(0.001)

    def writer(self, at: int, server: Server):
        kind = Editor if at < EDITORS else Importer
        return kind(server, self.ledger, self.articles[at], random.Random(self.chance.random()))

    def kill(self, server: Server):
        server.kill()
        self.counts["kills"] += 1

    def hold_store(self, restart: bool = False) -> dict[str, int]:
        """Holds the store against what was acknowledged, as it was left, or after a start."""
        server = Server(self.folder).ready() if restart else None
        lines = self.folder.export()
        found = self.ledger.hold(lines, self.ledger.now())
        self.ledger.settle(found, lines)
        if server:
            self.kill(server)
        return found

    def hold_answers(self, server: Server):
        """Holds what the server answers against what was acknowledged."""
        ledger = self.ledger
        # Refused where the store has a lower number.
        server.get(f"/v1/articles?limit=1&min_sequence={ledger.sequence}")
        public_sequence = server.get("/v1/meta")["public_sequence"]
        if public_sequence < ledger.public_sequence:
            raise Wrong(f"the public sequence went back from {ledger.public_sequence} to {public_sequence}")
        ledger.public_sequence = public_sequence
        shown = {article.id: article for article in ledger.articles.values() if self.is_shown(article)}
        ids = list(shown)
        for page in (ids[at : at + PAGE] for at in range(0, len(ids), PAGE)):
            for item in server.get(f"/v1/articles?limit={PAGE}&ids={','.join(page)}")["data"]:
                article = shown.pop(item["id"])
                wanted = article.states[article.settled]["title"], article.revision()
                if (item["title"], item["revision"]) != wanted:
                    raise Wrong(f"{item['title']}, revision {item['revision']}, is served, not {wanted}")
        if shown:
            raise Wrong(f"not served: {', '.join(shown)}")

    @staticmethod
    def is_shown(article) -> bool:
        state = article.states[article.settled] if article.settled >= 0 else None
        return state is not None and state["status"] == "published"

    def begin_backup(self):
        """A backup, and what it has to hold."""
        at_least = self.ledger.now()
        return self.folder.spawn("backup", "--force", "backup.db"), at_least

    def hold_backup(self, process, at_least: dict[str, int]):
        status = process.wait()
        backup = self.folder.path / "backup.db"
        if status > 0:
            raise Wrong(f"a backup ended with {status}")
        if status == 0:
            self.counts["backups"] += 1
            self.ledger.hold(self.folder.export("backup.db"), at_least)
            self.restore(backup)
            return
        self.counts["backups killed"] += 1
        if backup.exists():
            # One that was made before, whole.
            self.folder.export("backup.db")

    def restore(self, backup: Path):
        """Restored by copying it back, it is served and sound."""
        shutil.copy(backup, self.folder.path / "restored.db")
        server = Server(self.folder, "restored.db").ready()
        server.get("/v1/articles?limit=1")
        server.kill()
        self.folder.export("restored.db")
        for file in self.folder.path.glob("restored.db*"):
            file.unlink()


def main():
    rounds, seed = int(sys.argv[1]), int(sys.argv[2])
    print(f"{rounds} rounds, seed {seed}: ISNAD_SEED={seed} repeats the plan of this run", flush=True)
    chance = random.Random(seed)
    root = Path(tempfile.mkdtemp(prefix="isnad-endurance-"))
    totals: dict[str, int] = {}
    started = time.monotonic()
    for first in range(0, rounds, ROUNDS_A_STORE):
        store = Store(root / f"store-{first}", chance)
        for number in range(first, min(first + ROUNDS_A_STORE, rounds)):
            try:
                store.round()
            except Wrong as wrong:
                print(f"round {number + 1}: {wrong}\nwhat is left is in {store.folder.path}", file=sys.stderr)
                sys.exit(1)
            finally:
                store.folder.leave()
        store.folder.run("check")
        counts = {**store.counts, "writes acknowledged": store.ledger.acknowledged}
        totals = {name: totals.get(name, 0) + count for name, count in counts.items()}
        shutil.rmtree(store.folder.path)
        told = ", ".join(f"{count} {name}" for name, count in totals.items())
        print(f"{number + 1} rounds, {time.monotonic() - started:.0f} s: {told}", flush=True)
    root.rmdir()
    print("every write that was acknowledged is there, and nothing by half")


if __name__ == "__main__":
    main()
