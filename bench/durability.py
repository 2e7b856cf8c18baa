"""Acknowledged means kept: 10,000 acts through kills and crashes, and what people see of a restart.

    python bench/durability.py                           SQLite and PostgreSQL, 10,000 acts each
    python bench/durability.py --only postgres --acts 2000 --clients 8

Starts ``essor serve`` on 127.0.0.1 over a throw-away database with an evening under way and one
that people register for. Clients say ideas (nine of ten acts) and register without a pause; one in
twenty opens a page between. Four times in the middle of it, everything is killed at once (kill -9)
and started anew; on PostgreSQL every other time the database crashes instead, is away for three
seconds and comes back. What got no answer is sent again with its key, as phones do. At the end the
database is asked for every acknowledged act: each is there, once. ``errors`` are answers that are
not the expected one, and missing ones, in restarts of the database: in a killed house there is
nobody to answer. Exit status 1 when something is lost or doubled, or more people see an error.
"""

import argparse
import contextlib
import http.client
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

from pages import ROOT, answers, ended_by_a_signal, environment
from registration import inside

sys.path.insert(0, str(ROOT / "tools"))

BOUND = "must: 0 lost of 10,000, at most 5 errors seen in a restart; best peer: 0 of 173, 52 errors"
TROUBLES, AWAY, MOST_ERRORS, TABLES = 4, 3.0, 5, 60
PROTECTION = "c" * 32
FORM = {"Cookie": f"csrftoken={PROTECTION}", "Content-Type": "application/x-www-form-urlencoded"}
FILL = f"""
import django; django.setup()
from django.core.management import call_command; call_command("migrate", verbosity=0)
from datetime import timedelta
from django.utils import timezone
from essor.territories.models import Territory
from tests.cast import make_evening, make_table
now = timezone.now()
place = Territory.objects.create(slug="grand", name="Grand", created_at=now)
live = make_evening(place, state="live")
soon = make_evening(place, capacity=100_000, date=(now + timedelta(20)).date(),
    starts_at=now + timedelta(20))
tables = [make_table(live, n).public_id for n in range(1, {TABLES} + 1)]
import json; print(json.dumps({{"live": live.public_id, "soon": soon.public_id, "tables": tables,
    "chosen": [each.public_id for each in soon.challenges.all()[:2]]}}))
"""
ASK = """
import django; django.setup()
from essor.evenings.models import Registration, TableIdea
ideas = list(TableIdea.objects.values_list("text", flat=True))
people = list(Registration.objects.values_list("person__first_name", flat=True))
import json; print(json.dumps(ideas + people))
"""


@dataclass
class House:
    """``essor serve`` on one port, which may be killed and started again."""

    data: Path
    database: str
    processes: int
    port: int = 0
    server: subprocess.Popen | None = None

    def open(self) -> None:
        if not self.port:
            with socket.create_server(("127.0.0.1", 0)) as probe:
                self.port = probe.getsockname()[1]
        command = [str(ROOT / ".venv/bin/essor"), "serve", "--port", str(self.port),
                   "--processes", str(self.processes)]  # fmt: skip
        with (self.data / "server.log").open("a") as log:
            self.server = subprocess.Popen(
                command[: None if self.processes > 1 else -2], cwd=ROOT, stdout=log, stderr=log,
                env={**environment(self.data, self.database), "ESSOR_LOG": "ERROR"},
            )  # fmt: skip
        until = time.monotonic() + 60
        while not answers(self.port) and time.monotonic() < until:
            time.sleep(0.05)

    def kill(self) -> None:
        """Everything at once and without a warning; the port is free again afterwards."""
        told = ["ps", "-o", "pid=", "--ppid", str(self.server.pid)]
        family = [self.server.pid, *map(int, subprocess.check_output(told).split())]
        for pid in family:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.server.wait(10)
        while any(Path(f"/proc/{pid}").exists() for pid in family):
            time.sleep(0.02)

    def close(self) -> None:
        if self.server and self.server.poll() is None:
            self.server.terminate()
            self.server.wait(20)


@dataclass
class Seen:
    """What the clients met. ``restarting``: the database is away or has just come back."""

    wanted: int
    acknowledged: list[str] = field(default_factory=list)
    again: Counter = field(default_factory=Counter)
    errors: Counter = field(default_factory=Counter)
    longest: float = 0.0
    restarting: bool = False
    broken: bool = False


class Client(threading.Thread):
    """Somebody who acts without a pause, and sends again what was not acknowledged."""

    def __init__(self, number: int, house: House, told: dict, seen: Seen) -> None:
        super().__init__()
        self.number, self.house, self.told, self.seen = number, house, told, seen
        self.connection: http.client.HTTPConnection | None = None

    def run(self) -> None:
        act = 0
        while len(self.seen.acknowledged) < self.seen.wanted and not self.seen.broken:
            act += 1
            key = uuid.uuid4().hex
            kind = "registration" if act % 10 == 0 else "idea"
            started, restarting = time.monotonic(), self.seen.restarting
            while not self.done(kind, key, act) and not self.seen.broken:
                time.sleep(0.1)
            if restarting or self.seen.restarting:
                self.seen.longest = max(self.seen.longest, time.monotonic() - started)
            self.seen.acknowledged.append(key)
            if act % 20 == 0:
                self.got(f"/grand/evenings/{self.told['soon']}/registration/")

    def done(self, kind: str, key: str, act: int) -> bool:
        if kind == "registration":
            one, two = self.told["chosen"]
            return self.asked(
                "POST", f"/grand/evenings/{self.told['soon']}/registration/", 302,
                {"first_name": key, "email": f"{key}@example.org", "sphere": "citizen",
                 "consent_evening": "on", "choices_1": one, "choices_2": two, "act": key},
            )  # fmt: skip
        table = self.told["tables"][(self.number + 7 * act) % TABLES]
        where = f"/grand/evenings/{self.told['live']}/tables/{table}/ideas/"
        return self.asked("POST", where, 302, {"text": key, "act": key})

    def got(self, address: str) -> bool:
        return self.asked("GET", address, 200)

    def asked(self, method: str, address: str, status: int, form: dict | None = None) -> bool:
        """Whether the answer is the one expected; counts what somebody would have seen instead."""
        body = urlencode({**form, "csrfmiddlewaretoken": PROTECTION}) if form else None
        restarting = self.seen.restarting
        try:
            if self.connection is None:
                self.connection = http.client.HTTPConnection("127.0.0.1", self.house.port, timeout=40)  # fmt: skip
            self.connection.request(method, address, body, FORM if form else {})
            answer = self.connection.getresponse()
            answer.read()
            trouble = "" if answer.status == status else str(answer.status)
        except (OSError, http.client.HTTPException) as lost:
            self.connection, trouble = None, type(lost).__name__
        if trouble:
            self.seen.again[trouble] += 1
            if restarting or self.seen.restarting:
                self.seen.errors[trouble] += 1
        return not trouble


def measure(acts: int, clients: int, processes: int, cluster=None) -> tuple[str, bool]:
    with tempfile.TemporaryDirectory() as folder:
        data, database = Path(folder), cluster.address if cluster else ""
        told = inside(FILL, data, database)
        house, seen = House(data, database, processes), Seen(acts)
        house.open()
        people = [Client(number, house, told, seen) for number in range(clients)]
        started = time.monotonic()
        try:
            for each in people:
                each.start()
            kills, crashes = trouble_them(house, seen, cluster)
            for each in people:
                each.join()
        finally:
            seen.broken = True
            house.close()
        took = time.monotonic() - started
        kept = Counter(inside(ASK, data, database))
    lost = [key for key in seen.acknowledged if key not in kept]
    twice = sum(count > 1 for count in kept.values())
    errors = seen.errors.total()
    met = not lost and not twice and errors <= MOST_ERRORS * max(1, crashes)
    seen_of = f"errors seen in {crashes} restarts of the database: {errors} (must {MOST_ERRORS} each) {dict(seen.errors) or ''}, longest wait {seen.longest:.1f} s\n            "  # fmt: skip
    return (
        f"{len(seen.acknowledged)} acknowledged in {took:.0f} s, {kills} kill -9: "
        f"{len(lost)} lost (must 0), {twice} twice (must 0)\n            "
        f"{seen_of if crashes else ''}sent again with their key: {dict(seen.again)}"
    ), met


def trouble_them(house: House, seen: Seen, cluster) -> tuple[int, int]:
    """Kill the house, or crash its database, each time so many acts were acknowledged."""
    kills = crashes = 0
    for number in range(1, TROUBLES + 1):
        while len(seen.acknowledged) < seen.wanted * number // (TROUBLES + 1):
            time.sleep(0.05)
        if cluster and number % 2 == 0:
            cluster.checkpoint()
            seen.restarting, crashes = True, crashes + 1
            went = time.monotonic()
            cluster.crash()
            time.sleep(max(0.0, AWAY - (time.monotonic() - went)))
            cluster.start()
            time.sleep(2)  # what met the restart is told by now
            seen.restarting = False
        else:
            house.kill()
            kills += 1
            house.open()
    return kills, crashes


def main() -> int:
    words = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    words.add_argument("--only", choices=["sqlite", "postgres"])
    words.add_argument("--acts", type=int, default=10_000)
    words.add_argument("--clients", type=int, default=12)
    words.add_argument("--processes", type=int, default=2, help="of pages, on PostgreSQL")
    told = words.parse_args()
    print(f"{told.acts} acts, {told.clients} clients; {BOUND}")
    met = True
    if told.only != "postgres":
        figures, well = measure(told.acts, told.clients, 1)
        met &= well
        print(f"SQLite      {figures}", flush=True)
    if told.only != "sqlite":
        from postgres import running

        with running(durable=True) as cluster:
            figures, well = measure(told.acts, told.clients, told.processes, cluster)
            met &= well
            print(f"PostgreSQL  {figures}", flush=True)
    return 0 if met else 1


if __name__ == "__main__":
    ended_by_a_signal()
    sys.exit(main())
