"""While no node answers: what nginx says by itself is a problem document like any other."""

import http.client
import json

from client import FRONT, TRUST, Client, expect, joined


def is_problem(status: int, headers: dict, body: bytes, code: str) -> None:
    problem = json.loads(body)
    expect(headers["content-type"] == "application/problem+json", f"{code} is a problem document")
    expect((problem["status"], problem["code"]) == (status, code), f"it says {status} {code}: {problem}")
    expect(problem["instance"] == "/v1/articles", f"it names the path: {problem}")
    expect(problem["request_id"] == headers["x-request-id"], "and the request's id")
    expect(headers["cache-control"] == "no-store", "and is not to be kept")


def main() -> None:
    front = Client(FRONT)
    for method in ("GET", "PUT", "POST"):
        refused = front("/v1/articles?limit=99\"'<", method, body=None if method == "GET" else {}, X_Request_Id="mine")
        is_problem(503, refused.headers, refused.body, "unavailable")
        expect(
            refused["retry-after"] == "1" and refused["x-request-id"] == "mine", "with Retry-After and the client's id"
        )
    large = http.client.HTTPSConnection(front.place.hostname, front.place.port, timeout=10, context=TRUST)
    large.putrequest("POST", "/v1/articles")
    large.putheader("Content-Length", str(1 << 30))
    large.endheaders()
    response = large.getresponse()
    is_problem(413, joined(response.getheaders()), response.read(), "payload_too_large")
    print("without a node nginx answers 503 with Retry-After; that and its 413 are problem documents")


main()
