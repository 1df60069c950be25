"""The programs: built, given a store, run on a core of their own, and asked."""

import contextlib
import functools
import http.client
import itertools
import json
import os
import socket
import subprocess
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
STORES = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")).resolve() / "http"
PATIENCE = 60  # Seconds; only a fault lasts that long.
MOST_ARTICLES = 1_000_000  # That the generator makes, rounded down.
WITHOUT_CACHE = {"ISNAD_CACHE_SIZE": "0"}


class Wrong(Exception):
    """Something that must not be."""


class Answer(NamedTuple):
    status: int
    content_type: str
    etag: str
    body: bytes

    def json(self) -> dict:
        return json.loads(self.body)


@functools.cache
def built() -> dict[str, str]:
    """The paths of the programs by their names, all of one build."""
    wanted = ["--bin", "isnad", "--bench", "ceiling", "--bench", "generate"]
    command = ["cargo", "build", "--manifest-path", str(ROOT / "Cargo.toml"), "--release", "--locked", *wanted]
    command.append("--message-format=json-render-diagnostics")
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True)
    if done.returncode != 0:
        raise Wrong("the build fails")
    artifacts = [json.loads(line) for line in done.stdout.splitlines()]
    return {one["target"]["name"]: one["executable"] for one in artifacts if one.get("executable")}


def program(name: str) -> str:
    """The path of isnad, ceiling or generate: what the variable of that name says, else built."""
    given = os.environ.get(name.upper())
    return str(Path(given).resolve()) if given else built()[name]


def isnad(*arguments: str) -> str:
    """Runs a command that must go well; gives what it prints."""
    done = subprocess.run([program("isnad"), *arguments], cwd="/", env={}, capture_output=True, text=True)
    if done.returncode != 0:
        raise Wrong(f"isnad {' '.join(arguments)} ended with {done.returncode}:\n{done.stderr}")
    return done.stdout


def store(articles: int) -> Path:
    """A store of so many articles, made where there is none."""
    path = STORES / f"{articles}.db"
    if path.exists():
        return path
    STORES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=STORES, prefix="making-") as folder:
        print(f"making a store of {articles} articles", flush=True)
        lines, made = Path(folder, "articles.ndjson"), Path(folder, "made.db")
        with lines.open("w") as file:
            subprocess.run([program("generate"), str(articles)], stdout=file, check=True)
        isnad("import", "--database", str(made), str(lines))
        made.rename(path)
    return path


def described(database: Path, server: "Server") -> str:
    """The program and the store."""
    counts = server.get("/v1/meta")["counts"]
    told = ", ".join(f"{counts[what]:,} {what}" for what in ("articles", "statements", "tags"))
    return f"{isnad('--version').strip()}; {database.name}: {told} in public, {database.stat().st_size / 1e6:,.0f} MB."


def fresh(articles: int):
    """Articles that a store of so many does not have, as JSON, without an end: the generator begins a longer run with the
    shorter one."""
    with subprocess.Popen([program("generate"), str(MOST_ARTICLES)], stdout=subprocess.PIPE) as process:
        try:
            yield from itertools.islice(process.stdout, articles, None)
        finally:
            process.kill()


def cores() -> tuple[str, str]:
    """The core of the servers and that of the load."""
    usable = sorted(os.sched_getaffinity(0))
    if len(usable) < 2:
        raise Wrong("it takes two cores: one for the servers, one for the load")
    return str(usable[0]), str(usable[1])


class Server:
    """A program that serves, on the servers' core; `arguments` gives its arguments, from the address it is to listen on."""

    def __init__(self, folder: Path, name: str, arguments, first: str, environment: dict[str, str] = {}):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.place = "127.0.0.1:%d" % free.getsockname()[1]
        self.log = folder / f"log-{self.place}"
        command = ["taskset", "-c", cores()[0], program(name), *arguments(self.place)]
        with self.log.open("w") as log:
            started = time.monotonic()
            self.process = subprocess.Popen(command, cwd=folder, env=environment, stdout=log, stderr=log)
        self.connection = http.client.HTTPConnection(self.place, timeout=PATIENCE)
        try:
            self.await_answer(name, first, started)
        except BaseException:
            self.process.kill()
            raise
        self.milliseconds_to_answer = (time.monotonic() - started) * 1e3

    def await_answer(self, name: str, first: str, started: float):
        while True:
            try:
                self.get(first)
                return
            except ConnectionRefusedError:
                self.connection.close()
                if self.process.poll() is not None or time.monotonic() - started > PATIENCE:
                    raise Wrong(f"{name} does not start:\n{self.log.read_text()}") from None
                time.sleep(0.0005)

    def ask(self, target: str, headers: dict[str, str] = {}, method: str = "GET") -> Answer:
        for attempt in range(2):
            try:
                self.connection.request(method, target, headers=headers)
                answer = self.connection.getresponse()
                break
            except (ConnectionResetError, BrokenPipeError):
                # A connection that nobody used for some seconds is closed.
                self.connection.close()
                if attempt:
                    raise
        head = answer.headers
        return Answer(answer.status, head.get("Content-Type", ""), head.get("ETag", ""), answer.read())

    def get(self, target: str) -> dict:
        answer = self.ask(target)
        if answer.status != 200:
            raise Wrong(f"{target} was answered with {answer.status}: {answer.body.decode()}")
        return answer.json()

    def memory(self) -> str:
        """What it has of memory: its own, and the pages of files that it has mapped, which the system can take back."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        own, mapped = (int(status.split(f"{name}:")[1].split()[0]) / 1e3 for name in ("RssAnon", "RssFile"))
        return f"{own:.0f} + {mapped:.0f} MB"

    def processor_seconds(self) -> float:
        """What it has had of processors so far."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def stop(self):
        self.connection.close()
        self.process.terminate()
        try:
            self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise Wrong(f"{self.place} does not stop") from None


class Bench(contextlib.ExitStack):
    """A folder of its own and servers; all of it is gone at the end."""

    def __init__(self):
        super().__init__()
        STORES.mkdir(parents=True, exist_ok=True)
        # Where the stores are: memory would take writes faster than a disk does.
        self.folder = Path(self.enter_context(tempfile.TemporaryDirectory(dir=STORES, prefix="bench-")))
        self.numbers = itertools.count(1)

    def serve(self, database: Path, environment: dict[str, str] = {}) -> Server:
        """isnad with one worker, and without a log of accesses."""
        arguments = lambda place: ["serve", "--database", str(database), "--listen", place, "--workers", "1"]
        server = Server(self.folder, "isnad", arguments, "/v1/articles", {"ISNAD_LOG": "warn", **environment})
        self.callback(server.stop)
        return server

    def ceiling(self, answers: dict[str, Answer]) -> Server:
        """The server that gives these answers from memory, by target."""
        file = self.file()
        with file.open("w") as lines:
            for target, (_, content_type, etag, body) in answers.items():
                line = {"target": target, "content_type": content_type, "etag": etag, "body": body.decode()}
                lines.write(json.dumps(line) + "\n")
        server = Server(self.folder, "ceiling", lambda place: [str(file), place], next(iter(answers)))
        self.callback(server.stop)
        return server

    def file(self) -> Path:
        """The path of a new file."""
        return self.folder / f"file-{next(self.numbers)}"

    def copy(self, database: Path) -> Path:
        """A copy to write into."""
        copy = self.file()
        isnad("backup", "--database", str(database), str(copy))
        return copy
