"""Through nginx, an import's results come while its lines are still being sent, however many they are."""

import json

from client import FRONT, KEY, Client, expect

# Each is refused by itself, so that nothing is stored. Results come batch by batch.
LINES = b"{}\n" * 1000


def send(connection, data: bytes) -> None:
    """One piece of a body whose length nobody knows yet (RFC 9112, 7.1)."""
    connection.send(b"%x\r\n%b\r\n" % (len(data), data))


def results_come_while_lines_are_sent() -> None:
    connection = Client(FRONT).connect()
    connection.putrequest("POST", "/v1/import", skip_accept_encoding=True)
    connection.putheader("Authorization", f"Bearer {KEY}")
    connection.putheader("Content-Type", "application/x-ndjson")
    connection.putheader("Transfer-Encoding", "chunked")
    connection.endheaders()
    send(connection, LINES)
    response = connection.getresponse()
    expect(response.status == 200, f"an import is taken: {response.status}")
    first = json.loads(response.readline())
    expect(first["line"] == 1, f"the first line's result comes before the last line is sent: {first}")
    send(connection, LINES)
    send(connection, b"")
    rest = [json.loads(line) for line in response]
    expect(len(rest) == 2000, f"there is a result for every line, and a last word: {1 + len(rest)}")
    expect(rest[-1]["failed"] == 2000, f"and that sums them up: {rest[-1]}")
    connection.close()
    print("results of an import come through nginx while its lines are sent")


results_come_while_lines_are_sent()
