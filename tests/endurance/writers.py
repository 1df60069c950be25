"""Clients that write until the server is gone, each with a connection and articles of its own."""

import http.client
import json
import random
import socket
import threading

from ledger import Article, Ledger
from program import PATIENCE, Server, Wrong

GONE = (OSError, http.client.HTTPException)


class Writer(threading.Thread):
    """Writes until the server is gone. What goes wrong meanwhile is told when it is joined."""

    def __init__(self, server: Server, ledger: Ledger, articles: list[Article], chance: random.Random):
        super().__init__(daemon=True)
        self.server, self.ledger, self.articles, self.chance = server, ledger, articles, chance
        self.fault: Exception | None = None

    def run(self):
        try:
            self.write()
        except GONE:
            pass
        except Exception as fault:  # Told by whoever joins.
            self.fault = fault

    def finish(self):
        self.join(PATIENCE)
        if self.is_alive():
            raise Wrong(f"{type(self).__name__} does not end")
        if self.fault:
            raise self.fault

    def pick(self, others: set[str] = frozenset()) -> Article:
        """An article to change, or a new one."""
        free = [article for article in self.articles if article.id not in others]
        if not free or self.chance.random() < 0.4:
            self.articles.append(self.ledger.article(self.chance))
            return self.articles[-1]
        return self.chance.choice(free)

    def write(self):
        raise NotImplementedError


class Putter(Writer):
    """Puts articles one after the other."""

    def write(self):
        connection = self.server.connect()
        while True:
            article = self.pick()
            number, state = article.next_state(self.chance)
            headers = self.server.headers(Content_Type="application/json")
            if article.revision():
                headers["If-Match"] = f'"{article.revision()}"'
            for _ in range(20):
                connection.request("PUT", f"/v1/articles/{article.id}", json.dumps(state), headers)
                answer = connection.getresponse()
                body = answer.read()
                # Busy: nothing was written.
                if answer.status != 503:
                    break
            if answer.status not in (200, 201):
                raise Wrong(f"a PUT was answered with {answer.status}: {body.decode()}")
            revision = json.loads(body)["revision"]
            self.ledger.acknowledge(article, number, revision, int(answer.headers["X-Sequence"]))


class Importer(Writer):
    """Imports streams of lines, now one by one, now hundreds at once, and reads what becomes of them meanwhile."""

    def __init__(self, *arguments):
        super().__init__(*arguments)
        self.sent: list[tuple[Article, int]] = []
        """The lines of the stream that was last begun, in order."""

    def write(self):
        while True:
            self.sent = []
            self.stream()

    def stream(self):
        with socket.create_connection(self.server.place.split(":"), timeout=PATIENCE) as connection:
            head = self.server.headers(Host="localhost", Content_Type="application/x-ndjson", Transfer_Encoding="chunked")
            lines = "".join(f"{name}: {value}\r\n" for name, value in head.items())
            connection.sendall(f"POST /v1/import HTTP/1.1\r\n{lines}\r\n".encode())
            reader = Results(connection, self.ledger, self.sent)
            reader.start()
            try:
                self.send(connection)
            finally:
                reader.join(PATIENCE)
            if reader.fault:
                raise reader.fault
            if reader.last is None:
                raise ConnectionError("the answer was cut off")

    def send(self, connection: socket.socket):
        used: set[str] = set()
        for _ in range(self.chance.randrange(1, 6)):
            burst = []
            for _ in range(self.chance.choice([1, 1, 10, 150])):
                article = self.pick(used)
                used.add(article.id)
                number, state = article.next_state(self.chance)
                self.sent.append((article, number))
                burst.append(json.dumps(state) + "\n")
            text = "".join(burst).encode()
            connection.sendall(b"%x\r\n%b\r\n" % (len(text), text))
        connection.sendall(b"0\r\n\r\n")


class Results(threading.Thread):
    """Reads what becomes of the lines of one stream."""

    def __init__(self, connection: socket.socket, ledger: Ledger, sent: list[tuple[Article, int]]):
        super().__init__(daemon=True)
        self.connection, self.ledger, self.sent = connection, ledger, sent
        self.last: dict | None = None
        self.fault: Exception | None = None

    def run(self):
        try:
            self.read()
        except GONE:
            pass
        except Exception as fault:  # Told by who started it.
            self.fault = fault

    def read(self):
        answer = http.client.HTTPResponse(self.connection)
        answer.begin()
        if answer.status != 200:
            raise Wrong(f"an import was answered with {answer.status}: {answer.read().decode()}")
        while line := answer.readline():
            # What was cut off is no line.
            if not line.endswith(b"\n"):
                return
            result = json.loads(line)
            if "done" in result:
                self.last = result
                if not result["done"]:
                    raise Wrong(f"an import ended early: {result}")
            elif result["outcome"] not in ("created", "updated"):
                raise Wrong(f"a line was not stored: {result}")
            else:
                article, number = self.sent[result["line"] - 1]
                self.ledger.acknowledge(article, number, result["revision"])


def hold_prefix(importer: Importer, found: dict[str, int]):
    """Batches are written in order: of a stream that was cut off a beginning is there, and nothing after it."""
    there = [found.get(article.id, -1) >= number for article, number in importer.sent]
    if there != sorted(there, reverse=True):
        raise Wrong(f"of a stream of {len(there)} lines some are there and some before them are not: {there}")
