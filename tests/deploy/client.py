"""Asks the nodes and nginx in front of them; who they are stands in the environment (NODES, FRONT, AUTHORITY, KEY)."""

import http.client
import json
import os
import ssl
import time
from dataclasses import dataclass
from urllib.parse import urlsplit

NODES = os.environ["NODES"].split()
FRONT = os.environ["FRONT"]
KEY = os.environ.get("KEY", "")
TRUST = ssl.create_default_context(cafile=os.environ["AUTHORITY"])
# What the transport decides, and what is another with every answer.
OF_THE_WAY = {"connection", "date", "keep-alive", "server", "transfer-encoding", "x-cache", "content-length"}


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    def __getitem__(self, name: str) -> str | None:
        return self.headers.get(name)

    def json(self):
        return json.loads(self.body)

    def essence(self):
        """What is the same wherever it was asked."""
        headers = {name: value for name, value in self.headers.items() if name not in OF_THE_WAY}
        # A set, which the framework writes in another order each time.
        exposed = headers.pop("access-control-expose-headers", "")
        return self.status, headers, sorted(exposed.split(", ")), self.body


def joined(headers: list[tuple[str, str]]) -> dict[str, str]:
    """One that was sent twice has both values, so that it is seen."""
    found: dict[str, str] = {}
    for name, value in headers:
        found[name.lower()] = ", ".join(filter(None, [found.get(name.lower()), value]))
    return found


class Failed(Exception):
    """There was no answer: it is not known whether the request was carried out."""


IDLE = 3  # Seconds after which a connection is made anew: a node closes what was idle for 5.


class Client:
    """One connection to one place, made anew when it is lost."""

    def __init__(self, url: str, timeout: float = 15):
        self.url, self.place, self.timeout, self.connection = url, urlsplit(url), timeout, None
        self.used = time.monotonic()

    def __call__(self, path: str, method: str = "GET", body=None, keyed: bool = False, **headers) -> Answer:
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        if keyed:
            sent["Authorization"] = f"Bearer {KEY}"
        if body is not None:
            sent["Content-Type"] = "application/json"
            body = json.dumps(body).encode()
        if time.monotonic() - self.used > IDLE:
            self.close()
        self.used = time.monotonic()
        try:
            if self.connection is None:
                self.connection = self.connect()
            # http.client would add an Accept-Encoding of its own.
            self.connection.putrequest(method, path, skip_accept_encoding=True)
            if body is not None:
                sent["Content-Length"] = str(len(body))
            for name, value in sent.items():
                self.connection.putheader(name, value)
            self.connection.endheaders(body)
            response = self.connection.getresponse()
            answer = Answer(response.status, joined(response.getheaders()), response.read())
            if response.will_close:
                self.close()
            return answer
        except (OSError, http.client.HTTPException) as error:
            self.close()
            raise Failed(f"{method} {self.url}{path}: {error!r}") from error

    def connect(self):
        if self.place.scheme == "https":
            return http.client.HTTPSConnection(
                self.place.hostname, self.place.port, timeout=self.timeout, context=TRUST
            )
        return http.client.HTTPConnection(self.place.hostname, self.place.port, timeout=self.timeout)

    def close(self) -> None:
        if self.connection is not None:
            self.connection.close()
        self.connection = None


def wait_until(condition, what: str, seconds: float = 20, pause: float = 0.02) -> float:
    """How many seconds it took."""
    started = time.monotonic()
    while not condition():
        if time.monotonic() - started > seconds:
            raise SystemExit(f"after {seconds} s still not: {what}")
        time.sleep(pause)
    return time.monotonic() - started


def expect(held: bool, what: str) -> None:
    if not held:
        raise SystemExit(f"not so: {what}")
