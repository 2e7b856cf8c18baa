"""Real servers in the tests: ``essor serve`` as a person starts it, on a loopback port."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import ClassVar

import psycopg
from psycopg.conninfo import conninfo_to_dict

ROOT = Path(__file__).resolve().parents[2]


class Server:
    """``essor COMMAND`` in a process of its own; ``url`` once it has said where it answers."""

    started: ClassVar[list["Server"]] = []

    def __init__(self, folder: Path, command: str = "serve", *words: str, **environment: str):
        self.log = folder / f"{command}.log"
        self.out = self.log.open("w")
        variables = {"PATH": os.environ["PATH"], "ESSOR_DATA": str(folder / "data"), **environment}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "essor", command, "--port", "0", *words],
            cwd=ROOT,
            env=variables,
            stdout=self.out,
            stderr=subprocess.STDOUT,
        )
        self.started.append(self)
        self.url = self.wait_for("Essor: ").split()[1]

    def said(self) -> str:
        return self.log.read_text()

    def wait_for(self, words: str, seconds: float = 180, times: int = 1) -> str:
        """The line that holds ``words``, once it has been said so many ``times``."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            lines = [line for line in self.said().splitlines() if words in line]
            if len(lines) >= times:
                return lines[-1]
            assert self.process.poll() is None, self.said()
            time.sleep(0.05)
        raise AssertionError(f"never said {words!r}: {self.said()}")

    def get(self, path: str) -> tuple[int, bytes]:
        try:
            with urllib.request.urlopen(self.url + path, timeout=10) as answer:
                return answer.status, answer.read()
        except urllib.error.HTTPError as refused:
            with refused:
                return refused.code, refused.read()

    def children(self) -> list[int]:
        listing = subprocess.run(
            ["ps", "-o", "pid=", "--ppid", str(self.process.pid)],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        return [int(pid) for pid in listing.stdout.split()]

    def stop(self, number: int = signal.SIGTERM) -> float:
        """End it; how many seconds that took. It has to be gone, with all its children."""
        children = self.children()
        started = time.monotonic()
        if self.process.poll() is None:
            self.process.send_signal(number)
        self.process.wait(15)
        took = time.monotonic() - started
        self.out.close()
        assert [pid for pid in children if Path(f"/proc/{pid}").exists()] == []
        return took


@contextmanager
def database_in_cluster(template: str) -> Iterator[tuple[str, dict[str, str]]]:
    """A database of its own where the tests run on PostgreSQL: its name and setting."""
    cluster = os.environ.get("ESSOR_DATABASE", "")
    if not cluster:
        yield "", {}
        return
    assert conninfo_to_dict(cluster)["dbname"] == "essor"
    name = f"essor_{uuid.uuid4().hex[:8]}"
    with psycopg.connect(cluster, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name} {template and f'TEMPLATE {template}'}")
    yield name, {"ESSOR_DATABASE": cluster.removesuffix("/essor") + f"/{name}"}
    with psycopg.connect(cluster, autocommit=True) as server:
        server.execute(f"DROP DATABASE {name} WITH (FORCE)")


def how_many(house: dict[str, str], table: str) -> int:
    """Rows of a table, read without Essor."""
    if "ESSOR_DATABASE" in house:
        opened = psycopg.connect(house["ESSOR_DATABASE"])
    else:
        opened = sqlite3.connect(f"{house['ESSOR_DATA']}/essor.sqlite3")
    with closing(opened) as database:
        return database.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
