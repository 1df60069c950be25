"""The program in a folder of its own: the server, which may be killed, and commands beside it."""

import http.client
import json
import os
import signal
import subprocess
import time
from pathlib import Path

ISNAD = os.environ["ISNAD"]
PATIENCE = 60  # Seconds; only a fault lasts that long.


class Wrong(Exception):
    """Something that must not be."""


class Folder:
    """A store, and a key to it."""

    def __init__(self, path: Path):
        self.path = path
        self.started: list[subprocess.Popen] = []
        path.mkdir()
        self.key = self.run("key", "create", "--name", "writer", "--scope", "publish").strip()

    def spawn(self, *arguments: str, log=subprocess.DEVNULL) -> subprocess.Popen:
        process = subprocess.Popen(
            [ISNAD, *arguments], cwd=self.path, env={}, stdin=subprocess.DEVNULL, stdout=log, stderr=log
        )
        self.started = [one for one in self.started if one.poll() is None] + [process]
        return process

    def leave(self):
        """Ends what still runs."""
        for process in self.started:
            process.kill()
            process.wait()

    def run(self, *arguments: str) -> str:
        """Runs a command that must go well; gives what it prints."""
        done = subprocess.run([ISNAD, *arguments], cwd=self.path, env={}, capture_output=True, text=True, timeout=PATIENCE)
        if done.returncode != 0:
            raise Wrong(f"isnad {' '.join(arguments)} ended with {done.returncode}:\n{done.stderr}")
        return done.stdout

    def export(self, database: str = "isnad.db") -> list[dict]:
        """Every article and the tombstone of every one that is gone, once the store is proved sound."""
        self.run("check", "--database", database)
        lines = (json.loads(line) for line in self.run("export", "--database", database).splitlines())
        return [line for line in lines if line.get("thing", "type" not in line and "article") == "article"]


class Server:
    """One run of the server."""

    def __init__(self, folder: Folder, database: str = "isnad.db"):
        self.log = folder.path / "log"
        self.key = folder.key
        with self.log.open("w") as log:
            arguments = ["--database", database, "--listen", "127.0.0.1:0", "--log", "info,isnad::access=warn"]
            self.process = folder.spawn("serve", *arguments, log=log)
        self.place = ""

    def ready(self) -> "Server":
        """Waits until it serves."""
        until = time.monotonic() + PATIENCE
        while "serving on http://" not in (text := self.log.read_text()):
            if self.process.poll() is not None or time.monotonic() > until:
                raise Wrong(f"the server does not start:\n{text}")
            time.sleep(0.005)
        self.place = text.split("serving on http://")[1].split()[0]
        return self

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def connect(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection(self.place, timeout=PATIENCE)

    def headers(self, **more: str) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.key}", **{name.replace("_", "-"): value for name, value in more.items()}}

    def get(self, target: str) -> dict:
        connection = self.connect()
        try:
            connection.request("GET", target, headers=self.headers())
            answer = connection.getresponse()
            body = answer.read()
        finally:
            connection.close()
        if answer.status != 200:
            raise Wrong(f"GET {target} was answered with {answer.status}: {body.decode()}")
        return json.loads(body)
