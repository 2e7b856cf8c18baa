"""Killed for real in the middle of the evening: what was acknowledged is there, and nothing twice."""

import http.client
import json
import os
import signal
import subprocess
import sys
import threading
import time
import uuid
from collections import Counter
from contextlib import closing
from pathlib import Path
from urllib.parse import urlencode

import pytest

from tests import migrated
from tests.cli.servers import ROOT, Server, database_in_cluster

pytestmark = pytest.mark.database
PROTECTION = "c" * 32
TABLES = 12
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


@pytest.fixture
def house(house_folder, django_db_setup):
    """Where the house keeps its things: a folder, and a database of its own on PostgreSQL."""
    with database_in_cluster(migrated.name_of_the_copy()) as (_, database):
        yield {"ESSOR_DATA": str(house_folder / "data"), **database}


def inside(house: dict[str, str], code: str):
    """Run ``code`` in a process of its own over the house's database; its last line is JSON."""
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT),
                   "DJANGO_SETTINGS_MODULE": "config.settings", **house}  # fmt: skip
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment, text=True,
                          capture_output=True, check=True)  # fmt: skip
    return json.loads(done.stdout.splitlines()[-1])


def say(port: int, evening: str, table: str, key: str) -> bool:
    """Post the idea whose text and key are ``key``; whether the server acknowledged it."""
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=10)) as connection:
        connection.request(
            "POST", f"/grand/evenings/{evening}/tables/{table}/ideas/",
            urlencode({"text": key, "csrfmiddlewaretoken": PROTECTION}),
            {"Cookie": f"csrftoken={PROTECTION}", "Idempotency-Key": key, "Essor-Queue": "1",
             "Content-Type": "application/x-www-form-urlencoded"},
        )  # fmt: skip
        return connection.getresponse().status == 200


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


def test_kill_9_in_the_middle_of_postings_loses_nothing_and_doubles_nothing(house_folder, house):
    database = {name: value for name, value in house.items() if name == "ESSOR_DATABASE"}
    server = Server(house_folder, **database)
    evening, tables = inside(house, FILL)
    phones = Phones(int(server.url.rsplit(":", 1)[1]), evening, tables)
    phones.wait_for(40)
    kill(server)
    phones.rest()
    assert phones.unsure, "the server died between two postings: nothing was proven"

    again = Server(house_folder, **database)
    try:
        port = int(again.url.rsplit(":", 1)[1])
        for table, key in [*phones.unsure, *phones.unsure, *phones.acknowledged[:5]]:
            assert say(port, evening, table, key)
        kept = Counter(inside(house, TEXTS))
    finally:
        again.stop()

    assert set(kept) == {key for _, key in [*phones.acknowledged, *phones.unsure]}
    assert set(kept.values()) == {1}
