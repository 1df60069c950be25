"""Two nodes under a load of reads and writes, one of which is killed, and started again while the replica lags: no acknowledged
write is lost, no answer of a node is stale after a second, nginx hides it all. Takes the commands that kill, slow and start.
"""

import random
import subprocess
import sys
import threading
import time
import uuid
from statistics import median

from client import FRONT, NODES, Client, Failed, expect, wait_until
from counts import Counted, article, counter_of

FRESH_WITHIN = 1.0
ARTICLES_A_WRITER = 5
WRITES_A_PHASE = 120  # Before one is killed, while it is away, and when it is back.
LONGEST = 30  # Seconds that anything may take.


class Ledger:
    """What was acknowledged, and when; shared by all threads."""

    def __init__(self):
        self.lock, self.written = threading.Lock(), {}
        self.stop, self.faults, self.counts = threading.Event(), [], {}
        self.down = threading.Event()

    def acknowledge(self, id: str, counter: int) -> None:
        with self.lock:
            self.written.setdefault(id, []).append((time.monotonic(), counter))

    def floors(self) -> dict[str, int]:
        """What nobody may be older than who asks from now on."""
        before = time.monotonic() - FRESH_WITHIN
        with self.lock:
            known = {id: [counter for at, counter in acks if at <= before] for id, acks in self.written.items()}
        return {id: counters[-1] for id, counters in known.items() if counters}

    def count(self, what: str) -> None:
        with self.lock:
            self.counts[what] = self.counts.get(what, 0) + 1

    def fault(self, what: str) -> None:
        with self.lock:
            self.faults.append(what)


def guarded(work):
    def run(ledger: Ledger, *rest):
        try:
            work(ledger, *rest)
        except BaseException as error:  # A thread that ends in silence would prove nothing.
            ledger.fault(f"{work.__name__}: {error!r}")

    return run


@guarded
def write(ledger: Ledger, places: list[str], witness: str) -> None:
    """Writes to the first place, or the next where that does not answer; after each write the witness knows of it."""
    clients, witness = [Client(place) for place in places], Client(witness)
    ids, tags, counter = [str(uuid.uuid4()) for _ in range(ARTICLES_A_WRITER)], {}, 0
    while not ledger.stop.is_set():
        counter += 1
        id = ids[counter % len(ids)]
        condition = {"If_Match": tags[id]} if id in tags else {}
        sequence = None
        given_up = time.monotonic() + LONGEST
        while sequence is None:
            # The same again until it is acknowledged: PUT may be repeated.
            try:
                answer = clients[0](f"/v1/articles/{id}", "PUT", article(counter), keyed=True, **condition)
            except Failed:
                ledger.count("writes that a node did not answer")
                clients.append(clients.pop(0))
                expect(time.monotonic() < given_up, "a write is taken by some node")
                time.sleep(0.02)
                continue
            expect(answer.status in (200, 201), f"a write is taken: {answer.status} {answer.body[:300]}")
            tags[id], sequence = answer["etag"], answer["x-sequence"]
        ledger.acknowledge(id, counter)
        ledger.count("writes acknowledged")
        own = witness(f"/v1/articles/{id}?min_sequence={sequence}", keyed=True)
        expect(
            own.status == 200 and counter_of(own.json()) == counter,
            f"a write is read with min_sequence: {own.status} {own.body[:300]}",
        )


@guarded
def read(ledger: Ledger, place: str, may_be_down: bool, fresh: bool) -> None:
    client, kept, chance = Client(place), {}, random.Random(place)
    while not ledger.stop.is_set():
        floors = ledger.floors()
        if not floors:
            time.sleep(0.01)
            continue
        id = chance.choice(list(floors))
        listed = chance.random() < 0.3
        path = "/v1/articles?sort=-updated_at&limit=50&fields=id,title" if listed else f"/v1/articles/{id}"
        tag, known = kept.get(path, (None, None))
        try:
            answer = client(path, **({"If_None_Match": tag} if tag else {}))
        except Failed as failed:
            if not (may_be_down and ledger.down.is_set()):
                ledger.fault(f"a read is not answered: {failed}")
            time.sleep(0.02)
            continue
        if answer.status == 200:
            thing = answer.json()
            known = (
                {it["id"]: counter_of(it) for it in thing["data"] if it["title"].startswith("Count")}
                if listed
                else {id: counter_of(thing)}
            )
            kept[path] = answer["etag"], known
        elif answer.status != 304:
            ledger.fault(f"a read is answered {answer.status}: {answer.body[:200]}")
            continue
        ledger.count(f"reads of {'nginx' if place == FRONT else 'nodes'}")
        if place == FRONT:
            ledger.stop.wait(0.005)  # Answered from what is kept, it would take the machine from those who write.
        if fresh:
            for one in known.keys() & floors.keys():
                if known[one] < floors[one]:
                    ledger.fault(
                        f"{place}{path} ({answer.status}) has {known[one]}, though {floors[one]} was acknowledged a second before"
                    )


def lag() -> None:
    """How long after the acknowledgement of a write every node shows it to whoever asks plainly."""
    nodes, counted, took = [Client(node) for node in NODES], Counted(), []
    for turn in range(30):
        answer = counted.write(nodes[turn % len(nodes)])
        expect(answer.status in (200, 201), f"a write is taken: {answer.status} {answer.body[:300]}")
        took.append(max(wait_until(lambda: counted.shown_by(node), "a write is shown", pause=0.002) for node in nodes))
    print(
        f"a write is shown by all nodes {median(took) * 1000:.0f} ms after it was acknowledged (median; at most {max(took) * 1000:.0f} ms)"
    )
    expect(max(took) < FRESH_WITHIN, f"every write is shown within {FRESH_WITHIN} s")


def main() -> None:
    kill, slow, start = sys.argv[1:]
    lag()
    ledger = Ledger()
    first, second = NODES
    threads = [
        threading.Thread(target=work, args=(ledger, *rest), daemon=True)
        for work, *rest in [
            (write, [first, second], second),
            (write, [second], second),
            (write, [FRONT], second),
            (write, [FRONT], second),
            (read, first, True, True),
            (read, second, False, True),
            (read, FRONT, False, False),
        ]
    ]
    for thread in threads:
        thread.start()
    load(ledger)
    ledger.down.set()
    subprocess.run(["bash", "-c", kill], check=True)
    load(ledger)
    subprocess.run(["bash", "-c", slow], check=True)
    subprocess.run(["bash", "-c", start], check=True)
    again = Client(first)

    def back() -> bool:
        try:
            return again("/health/ready").status == 200
        except Failed:
            return False

    took = wait_until(back, "the node is back")
    ledger.down.clear()
    load(ledger)
    ledger.stop.set()
    for thread in threads:
        thread.join(timeout=LONGEST)
        expect(not thread.is_alive(), "every thread ends")
    for fault in ledger.faults[:10]:
        print("FAULT", fault)
    expect(not ledger.faults, f"there is no fault; there are {len(ledger.faults)}")
    wait_until(lambda: not missing(ledger), "both nodes show the last of every write", seconds=FRESH_WITHIN)
    print(", ".join(f"{count} {what}" for what, count in sorted(ledger.counts.items())))
    print(
        f"the killed node is back {took:.1f} s after its start; all {len(ledger.written)} articles are as acknowledged last, on both nodes"
    )


def load(ledger: Ledger) -> None:
    """Lets the writers go on for so many writes, and the readers long enough to meet what is stale."""
    enough = ledger.counts.get("writes acknowledged", 0) + WRITES_A_PHASE
    until = time.monotonic() + 2 * FRESH_WITHIN
    wait_until(
        lambda: ledger.faults or ledger.counts.get("writes acknowledged", 0) >= enough and time.monotonic() > until,
        f"{WRITES_A_PHASE} writes are acknowledged",
        seconds=LONGEST,
    )


def missing(ledger: Ledger) -> list[str]:
    return [
        f"{node} {id}"
        for node in NODES
        for id, acks in ledger.written.items()
        if counter_of(Client(node)(f"/v1/articles/{id}").json()) != acks[-1][1]
    ]


main()
