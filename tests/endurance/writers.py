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
        free = [article for article in self.articles if article.id not in others and not article.is_gone()]
        if not free or self.chance.random() < 0.4:
            self.articles.append(self.ledger.article(self.chance))
            return self.articles[-1]
        return self.chance.choice(free)

    def write(self):
        raise NotImplementedError


class Editor(Writer):
    """Makes, changes and deletes articles, one after the other."""

    def write(self):
        self.connection = self.server.connect()
        for article in self.articles:
            if article.asked is not None:
                # Nobody knows whether it was made: asked again, it is there once, and the answer is the same.
                self.post(article)
        while True:
            article = self.pick()
            if article.revision() == 0:
                self.create(article) if self.chance.random() < 0.5 else self.put(article)
            elif self.chance.random() < 0.05:
                self.delete(article)
            elif self.chance.random() < 0.3:
                self.patch(article)
            else:
                self.put(article)

    def send(self, method: str, path: str, body: dict | None, *good: int, **headers: str) -> tuple[dict, int]:
        """What is answered, and the number of the write."""
        text = None if body is None else json.dumps(body)
        for _ in range(20):
            self.connection.request(method, path, text, self.server.headers(Content_Type="application/json", **headers))
            answer = self.connection.getresponse()
            received = answer.read()
            # Busy: nothing was written.
            if answer.status != 503:
                break
        if answer.status not in good:
            raise Wrong(f"{method} {path} was answered with {answer.status}: {received.decode()}")
        return json.loads(received or b"{}"), int(answer.headers["X-Sequence"])

    def create(self, article: Article):
        article.asked, _ = article.next_state(self.chance)
        self.post(article)

    def post(self, article: Article):
        number, state = article.asked, article.states[article.asked]
        receipt, sequence = self.send("POST", "/v1/articles", state, 201, Idempotency_Key=f'"{article.id}"')
        article.asked = None
        if (receipt["id"], receipt["revision"]) != (article.id, 1):
            raise Wrong(f"{article.id} was made as {receipt}")
        if article.settled < 0:
            self.ledger.acknowledge(article, number, 1, sequence)

    def put(self, article: Article):
        number, state = article.next_state(self.chance)
        receipt, sequence = self.send("PUT", f"/v1/articles/{article.id}", state, 200, 201, **self.unchanged(article))
        self.ledger.acknowledge(article, number, receipt["revision"], sequence)

    def patch(self, article: Article):
        number, patch = article.next_title()
        receipt, sequence = self.send("PATCH", f"/v1/articles/{article.id}", patch, 200, **self.unchanged(article))
        self.ledger.acknowledge(article, number, receipt["revision"], sequence)

    def delete(self, article: Article):
        number = article.end()
        _, sequence = self.send("DELETE", f"/v1/articles/{article.id}", None, 204, **self.unchanged(article))
        self.ledger.acknowledge(article, number, article.revision() + 1, sequence)

    @staticmethod
    def unchanged(article: Article) -> dict[str, str]:
        return {"If_Match": f'"{article.revision()}"'} if article.revision() else {}


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
