"""The editors' desk: requests to the API with a key and without, and what they are expected to come to."""
import json
import os
import urllib.error
import urllib.parse
import urllib.request

URL = os.environ["ISNAD_URL"].rstrip("/")
KEY = os.environ["ISNAD_KEY"]


class Answer:
    """An answer: its status, headers, and document, if it has one."""

    def __init__(self, status: int, headers, body: bytes) -> None:
        self.status, self.headers = status, headers
        self.document = json.loads(body) if body else None

    def __getitem__(self, member: str):
        return self.document[member]


class Stay(urllib.request.HTTPRedirectHandler):
    """Does not follow: where something has moved is part of the answer."""

    def redirect_request(self, *_):
        return None


OPENER = urllib.request.build_opener(Stay)


def send(method: str, path: str, document=None, *, key: bool, expect: int, **headers: str) -> Answer:
    """Sends a request; an answer of another status than expected ends the day."""
    address = URL + urllib.parse.quote(path, safe="/?&=%,:-_.")
    request = urllib.request.Request(address, method=method)
    for name, value in headers.items():
        request.add_header(name.replace("_", "-"), value)
    if key:
        request.add_header("Authorization", f"Bearer {KEY}")
    if document is not None:
        request.data = json.dumps(document).encode()
        request.add_header("Content-Type", "application/json")
    try:
        with OPENER.open(request, timeout=30) as response:
            answer = Answer(response.status, response.headers, response.read())
    except urllib.error.HTTPError as error:
        answer = Answer(error.code, error.headers, error.read())
    if answer.status != expect:
        shown = json.dumps(answer.document, ensure_ascii=False)
        raise SystemExit(f"FAILED {method} {path}: {answer.status}, not {expect}: {shown}")
    return answer


def public(path: str, expect: int = 200) -> Answer:
    """What a reader gets."""
    return send("GET", path, key=False, expect=expect)


def read(path: str, expect: int = 200) -> Answer:
    """What an editor gets."""
    return send("GET", path, key=True, expect=expect)


def post(path: str, document=None, expect: int = 201, **headers: str) -> Answer:
    return send("POST", path, document, key=True, expect=expect, **headers)


def patch(path: str, document, revision: int, expect: int = 200) -> Answer:
    return send("PATCH", path, document, key=True, expect=expect, If_Match=f'"{revision}"')


def delete(path: str, revision: int, expect: int = 204) -> Answer:
    return send("DELETE", path, key=True, expect=expect, If_Match=f'"{revision}"')


def hold(what: str, met, expected) -> None:
    """Says what holds, or ends the day."""
    if met != expected:
        raise SystemExit(f"FAILED {what}: {met!r}, not {expected!r}")
    print("  ", what)
