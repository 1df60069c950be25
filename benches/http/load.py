"""wrk, on a core of its own, sending requests that were made beforehand."""

import json
import subprocess
from dataclasses import dataclass
from pathlib import Path

from programs import HERE, Server, Wrong, cores

CONNECTIONS = 16


@dataclass
class Load:
    """What came of one run of wrk: answers, how many a second, and how long they took in microseconds."""

    answers: int
    rate: float
    p50: int
    p99: int
    mean_bytes: float
    """Of an answer, its head included."""
    cost: float = float("nan")
    """Microseconds of processor that the server took for an answer: they stay the same where something else runs too."""


def request(method: str, target: str, headers: dict[str, str], body: bytes = b"") -> bytes:
    head = {"Host": "localhost", **headers, **({"Content-Length": str(len(body))} if body else {})}
    lines = "".join(f"{name}: {value}\r\n" for name, value in head.items())
    return f"{method} {target} HTTP/1.1\r\n{lines}\r\n".encode() + body


def save(file: Path, requests: list[bytes]) -> Path:
    """Writes requests as load.lua reads them."""
    file.write_bytes(b"".join(b"%d\n%b" % (len(one), one) for one in requests))
    return file


def start(server: Server, requests: Path, seconds: float, seed: int, connections: int = CONNECTIONS, rate: int | None = None):
    """Sends them at random, or with a seed of 0 each once, in order; at most `rate` a second."""
    command = ["taskset", "-c", cores()[1], "wrk", "--threads", "1", "--connections", str(connections)]
    command += ["--duration", f"{seconds}s", "--script", str(HERE / "load.lua"), f"http://{server.place}"]
    command += ["--", str(requests), str(seed), *([str(rate)] if rate else [])]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def finish(wrk: subprocess.Popen) -> Load:
    said, _ = wrk.communicate()
    lines = [line for line in said.splitlines() if line.startswith("{")]
    if wrk.returncode != 0 or not lines:
        raise Wrong(f"wrk ended with {wrk.returncode}:\n{said}")
    told = json.loads(lines[-1])
    if told["failures"] or not told["requests"]:
        raise Wrong(f"some requests failed, or none was answered:\n{said}")
    count = told["requests"]
    return Load(count, count / told["microseconds"] * 1e6, told["p50"], told["p99"], told["bytes"] / count)


def run(server: Server, *arguments, **more) -> Load:
    before = server.processor_seconds()
    done = finish(start(server, *arguments, **more))
    done.cost = (server.processor_seconds() - before) / done.answers * 1e6
    return done
