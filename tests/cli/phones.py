"""A hall that talks to a real server over the network: tables, phones, and what was kept."""

import http.client
import json
import os
import signal
import subprocess
import sys
import threading
import time
import uuid
from contextlib import closing
from pathlib import Path
from urllib.parse import urlencode

from tests.cli.servers import ROOT, Server

PROTECTION = "c" * 32
TABLES = 12
FORM = "application/x-www-form-urlencoded"
FILL = f"""
import django; django.setup()
from django.utils import timezone
from essor.territories.models import Territory
from tests.cast import make_evening, make_table
place = Territory.objects.create(slug="grand", name="Grand", created_at=timezone.now())
evening = make_evening(place, state="live")
tables = [make_table(evening, n).public_id for n in range(1, {TABLES} + 1)]
import json; print(json.dumps([evening.public_id, tables]))
"""
TEXTS = """
import django; django.setup()
from essor.evenings.models import TableIdea
import json; print(json.dumps(list(TableIdea.objects.values_list("text", flat=True))))
"""


def inside(house: dict[str, str], code: str):
    """Run ``code`` in a process of its own over the house's database; its last line is JSON."""
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT),
                   "DJANGO_SETTINGS_MODULE": "config.settings", **house}  # fmt: skip
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment, text=True,
                          capture_output=True, check=True)  # fmt: skip
    return json.loads(done.stdout.splitlines()[-1])


def say(port: int, evening: str, table: str, key: str) -> bool:
    """Post the idea whose text and key are ``key``; whether the server acknowledged it."""
    return answer_to(port, evening, table, key)[0] == 200


def answer_to(
    port: int, evening: str, table: str, key: str, *, queued: bool = True
) -> tuple[int, str]:
    """The status and the page that a phone gets for an idea."""
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=20)) as connection:
        connection.request(
            "POST", f"/grand/evenings/{evening}/tables/{table}/ideas/",
            urlencode({"text": key, "act": key, "csrfmiddlewaretoken": PROTECTION}),
            {"Cookie": f"csrftoken={PROTECTION}", "Content-Type": FORM,
             **({"Essor-Queue": "1"} if queued else {})},
        )  # fmt: skip
        answer = connection.getresponse()
        return answer.status, answer.read().decode()


def kill(server: Server) -> None:
    """Everything at once and without a warning, as when the power goes."""
    processes = [server.process.pid, *server.children()]
    for pid in processes:
        os.kill(pid, signal.SIGKILL)
    server.process.wait(10)
    server.out.close()
    until = time.monotonic() + 10
    while any(Path(f"/proc/{pid}").exists() for pid in processes) and time.monotonic() < until:
        time.sleep(0.05)


class Phones:
    """Twelve phones that say one idea after another until one finds no answer."""

    def __init__(self, port: int, evening: str, tables: list[str]) -> None:
        self.acknowledged: list[tuple[str, str]] = []
        self.unsure: list[tuple[str, str]] = []
        self.where = (port, evening)
        self.threads = [threading.Thread(target=self.talk, args=(table,)) for table in tables]
        for each in self.threads:
            each.start()

    def talk(self, table: str) -> None:
        while True:
            key = uuid.uuid4().hex
            try:
                assert say(*self.where, table, key)
            except (OSError, http.client.HTTPException):
                self.unsure.append((table, key))
                return
            self.acknowledged.append((table, key))

    def wait_for(self, acknowledged: int) -> None:
        until = time.monotonic() + 60
        while len(self.acknowledged) < acknowledged and time.monotonic() < until:
            time.sleep(0.05)
        assert len(self.acknowledged) >= acknowledged

    def rest(self) -> None:
        for each in self.threads:
            each.join()


class PatientPhones(Phones):
    """Phones that send an idea again until it is acknowledged, as the queue of a real one does.

    No answer is no reason to give up: the idea may be kept, and is sent again with its key.
    ``asking`` are those that wait for an answer, ``refused`` what they met instead of one.
    """

    def __init__(self, port: int, evening: str, tables: list[str]) -> None:
        self.refused: list[str] = []
        self.asking: dict[str, str] = {}
        self.ending = threading.Event()
        super().__init__(port, evening, tables)

    def talk(self, table: str) -> None:
        while not self.ending.is_set():
            key = uuid.uuid4().hex
            self.asking[table] = key
            until = time.monotonic() + 120
            while (trouble := self.trouble_with(table, key)) is not None:
                self.refused.append(trouble)
                assert time.monotonic() < until, f"{key} never got through: {trouble}"
                time.sleep(0.2)
            self.acknowledged.append((table, key))

    def trouble_with(self, table: str, key: str) -> str | None:
        """What stood in the way of an idea; None once it is acknowledged."""
        try:
            status = answer_to(*self.where, table, key)[0]
        except (OSError, http.client.HTTPException) as trouble:
            return f"no answer: {type(trouble).__name__}"
        return None if status == 200 else f"answer {status}"

    def wait_until_all_ask(self, so_far: int) -> None:
        """Until no phone has been answered since ``so_far`` answers but those that waited then.

        With a database that is away each phone asks and none is answered: all of them meet it.
        """
        seen = dict(self.asking)
        until = time.monotonic() + 60
        while time.monotonic() < until:
            time.sleep(0.5)
            if dict(self.asking) == seen and len(self.acknowledged) >= so_far:
                return
            seen = dict(self.asking)
        raise AssertionError("phones are answered by a house without a database")

    def rest(self) -> None:
        self.ending.set()
        super().rest()
