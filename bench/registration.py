"""Complete registrations: how many a second, how long each takes, and that no seat is sold twice.

    python bench/registration.py                     SQLite and PostgreSQL, 12 clients, 8 s each
    python bench/registration.py --only postgres --clients 8 --seconds 5 --processes 2

Starts a mail server that swallows everything, and ``essor serve`` on 127.0.0.1 over a throw-away database with one open evening of fewer seats
than people. One registration is what a person does: open the page, send it, see the ticket; each
with fresh cookies. The time is that of the three requests together. CPU is that of the page
processes, and of the worker until every confirmation has left: the figure to compare on a machine
that others use too. At the end the database is asked whether everybody acknowledged is in it,
whether each has their mail, and whether more people have a seat than there are.
"""

import argparse
import contextlib
import http.client
import json
import os
import re
import socket
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from pathlib import Path
from urllib.parse import urlencode

from pages import ROOT, ended_by_a_signal, environment, memory_of, served

sys.path.insert(0, str(ROOT / "tools"))

SEATS = 100
BOUND = "must: 40/s, p95 300 ms; best peer: 2.0/s, p95 5.5 s"

FILL = """
import django; django.setup()
from django.core.management import call_command; call_command("migrate", verbosity=0)
from tests.cast import make_evening
from datetime import timedelta
from django.utils import timezone
from essor.territories.models import Territory
now = timezone.now()
place = Territory.objects.create(slug="grand", name="Grand Territoire", created_at=now)
evening = make_evening(place, challenges=12, capacity=%d, date=(now + timedelta(20)).date(),
    starts_at=now + timedelta(20))
chosen = [challenge.public_id for challenge in evening.challenges.all()[:2]]
import json; print(json.dumps({"evening": evening.public_id, "chosen": chosen}))
"""
ASK = """
import django; django.setup()
from collections import Counter
from essor.evenings.models import Registration
from essor.kit.models import Mail
states = Counter(Registration.objects.values_list("state", flat=True))
mails = Mail.objects.filter(kind="answer")
import json; print(json.dumps({**states, "mails": mails.count(),
    "left": mails.filter(state="sent").count()}))
"""


def inside(code: str, data: Path, database: str) -> dict:
    """Run ``code`` in a Django process of its own; its last line is JSON."""
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, text=True, stdout=subprocess.PIPE, check=True,
        env={**environment(data, database), "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    return json.loads(done.stdout.splitlines()[-1])


class Browser:
    """One person's browser: keeps its cookies, follows where it is led."""

    def __init__(self, port: int) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.cookies: dict[str, str] = {}

    def ask(
        self, method: str, address: str, form: dict | None = None, headers: dict | None = None
    ) -> tuple[int, str, str]:
        cookies = "; ".join(f"{k}={v}" for k, v in self.cookies.items())
        headers = {"Cookie": cookies, **(headers or {})}
        if form is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self.connection.request(method, address, urlencode(form or {}), headers)
        answer = self.connection.getresponse()
        text = answer.read().decode()
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                key, _, rest = value.partition("=")
                self.cookies[key] = rest.split(";")[0]
        return answer.status, answer.getheader("Location") or "", text


def register(port: int, told: dict, name: str) -> bool:
    """Open the page, send it, see the ticket; whether it all went well."""
    browser, page = Browser(port), f"/grand/evenings/{told['evening']}/registration/"
    status, _, text = browser.ask("GET", page)
    protection = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', text)
    if status != 200 or not protection:
        return False
    status, onward, _ = browser.ask(
        "POST",
        page,
        {
            "csrfmiddlewaretoken": protection[1], "act": uuid.uuid4().hex, "first_name": name,
            "email": f"{name}@example.org", "sphere": "citizen", "consent_evening": "on",
            "choices_1": told["chosen"][0], "choices_2": told["chosen"][1],
            "commune": "Romans-sur-Isère",
        },
    )  # fmt: skip
    if status != 302:
        return False
    status, _, text = browser.ask("GET", onward)
    browser.connection.close()
    return status == 200 and name in text


@contextlib.contextmanager
def mail_server():
    """A mail server on loopback that takes everything; its address is set for ``essor serve``."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    sink = subprocess.Popen(
        [sys.executable, "-m", "aiosmtpd", "-n", "-l", f"127.0.0.1:{port}",
         "-c", "aiosmtpd.handlers.Sink"], stderr=subprocess.DEVNULL,
    )  # fmt: skip
    os.environ["ESSOR_SMTP"] = f"smtp://127.0.0.1:{port}"
    try:
        yield
    finally:
        del os.environ["ESSOR_SMTP"]
        sink.terminate()
        sink.wait(timeout=5)


def cpu_of(parent: int) -> dict[str, float]:
    """Seconds of CPU that the children have used: the page processes, and the worker."""
    used = {"pages": 0.0, "worker": 0.0}
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError, IndexError):
            told = (folder / "stat").read_text().rsplit(")", 1)[1].split()
            if int(told[1]) == parent:
                words = (folder / "cmdline").read_text()
                kind = "worker" if "run_worker" in words else "pages"
                used[kind] += (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")
    return used


def wait_for_mails(data: Path, database: str) -> tuple[dict, float]:
    """What is kept once every mail has left, and how many seconds that took; a minute at most."""
    started = time.monotonic()
    while True:
        kept = inside(ASK, data, database)
        if kept["left"] >= kept["mails"] or time.monotonic() - started > 60:
            return kept, time.monotonic() - started


def measure(database: str, clients: int, seconds: float, processes: int) -> str:
    with tempfile.TemporaryDirectory() as folder, mail_server():
        data = Path(folder)
        told = inside(FILL % SEATS, data, database)
        with served(data, database, processes) as (port, _, server):
            idle = cpu_of(server.pid)["worker"]
            warm, _ = run(
                port, told, clients, 2.0 * processes, "w"
            )  # every process, every template
            before = cpu_of(server.pid)
            taken, failed = run(port, told, clients, seconds)
            pages = cpu_of(server.pid)["pages"] - before["pages"]
            kept, late = wait_for_mails(data, database)
            worker = cpu_of(server.pid)["worker"] - idle
            memory = memory_of(server.pid)
    taken.sort()
    seated, people = kept.get("registered", 0), kept.get("registered", 0) + kept.get("waiting", 0)
    assert seated == min(SEATS, people), f"{seated} people have one of {SEATS} seats"
    assert people >= len(taken) + len(warm), f"{len(taken)} acknowledged, {people} kept"
    assert kept["mails"] == kept["left"] == people, "a mail is missing"
    rate, p50, p95 = len(taken) / seconds, taken[len(taken) // 2], taken[int(len(taken) * 0.95)]
    return (
        f"{rate:6.1f}/s   p50 {p50 * 1000:5.0f} ms   p95 {p95 * 1000:5.0f} ms   "
        f"{len(taken)} done, {failed} failed, {seated} of {SEATS} seats given   {memory:.0f} MiB\n"
        f"            CPU of one: {1000 * pages / len(taken):.0f} ms in the pages, "
        f"{1000 * worker / people:.0f} ms in the worker for its mail; the last mail left "
        f"{late:.1f} s after"
    )


def run(
    port: int, told: dict, clients: int, seconds: float, name: str = "p"
) -> tuple[list[float], int]:
    """People after people, ``clients`` of them at a time, for ``seconds``."""
    taken: list[float] = []
    failures: list[str] = []
    until = time.monotonic() + seconds

    def people(client: int) -> None:
        number = 0
        while time.monotonic() < until:
            number += 1
            started = time.monotonic()
            done = False
            with contextlib.suppress(OSError, http.client.HTTPException):
                done = register(port, told, f"{name}{client}n{number}")
            (taken if done else failures).append(time.monotonic() - started)  # type: ignore[arg-type]

    threads = [threading.Thread(target=people, args=(n,)) for n in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return taken, len(failures)


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    words.add_argument("--only", choices=["sqlite", "postgres"])
    words.add_argument("--clients", type=int, default=12)
    words.add_argument("--seconds", type=float, default=8)
    words.add_argument("--processes", type=int, default=2, help="of pages, on PostgreSQL")
    told = words.parse_args()
    load = (told.clients, told.seconds)
    print(f"{told.clients} clients, {told.seconds:g} s; {BOUND}")
    if told.only != "postgres":
        print(f"SQLite      {measure('', *load, 1)}", flush=True)
    if told.only != "sqlite":
        from postgres import cluster

        with cluster(durable=True) as address:
            print(f"PostgreSQL  {measure(address, *load, told.processes)}")


if __name__ == "__main__":
    ended_by_a_signal()
    main()
