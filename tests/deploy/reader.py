"""Somebody who reads all the while that something happens, and is to notice nothing of it."""

import threading
import time

from client import Client, Failed, expect


class Reader(threading.Thread):
    """Reads from one place what nginx has not kept, and keeps count of what it is answered."""

    def __init__(self, place: str, path: str):
        super().__init__(daemon=True)
        self.client, self.path, self.place = Client(place), path, place
        self.reads, self.slowest, self.faults, self.stop = 0, 0.0, [], threading.Event()

    def run(self) -> None:
        while not self.stop.is_set():
            # A path for each read: more spellings than there are reads within a minute.
            spelling = "&" * (self.reads // 2 % 400)
            path = (
                f"/v1/articles?limit=3&fields=id{spelling}"
                if self.reads % 2
                else f"{self.path}?fields=id,title{spelling}"
            )
            started = time.monotonic()
            try:
                answer = self.client(path)
                if answer.status != 200:
                    self.faults.append(f"{self.place}{path.rstrip('&')}: {answer.status} {answer.body[:200]}")
            except Failed as failed:
                self.faults.append(str(failed))
            self.slowest = max(self.slowest, time.monotonic() - started)
            self.reads += 1

    @staticmethod
    def finish(readers: "list[Reader]", when: str) -> tuple[int, float]:
        """How many reads there were, and how long the slowest took; all were answered 200."""
        for reader in readers:
            reader.stop.set()
        for reader in readers:
            reader.join(timeout=30)
            for fault in reader.faults[:3]:
                print("FAULT", fault)
        expect(not any(reader.faults for reader in readers), f"every read is answered 200 {when}")
        return sum(reader.reads for reader in readers), max(reader.slowest for reader in readers)
