"""Pages of a large territory: queries, CPU, latency under load, weight, memory.

    python bench/pages.py                  SQLite and PostgreSQL, 16 clients
    python bench/pages.py --only sqlite --seconds 3 --clients 8

Starts ``essor serve`` on 127.0.0.1 over a throw-away database filled by ``bench/filling.py``, asks
each page with as many clients as said for a few seconds, ends everything by itself. Prints, beside
the bounds the project sets itself and what the best peer measured: figures of one run on one
machine, to be compared as ratios. Public pages are kept until something happens (decision 0010):
queries and CPU are those of a page as most get it, and, after the bar, as the first gets it after
an act. ``alone`` is the p95 (ms) of one client by itself, beside that of all of them at once.
"""

import argparse
import contextlib
import gzip
import http.client
import json
import os
import re
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

PAGES = (  # name, route, arguments, for whom
    ("home", "portal:home", ("territory",), ""),
    ("challenges", "challenges:board", ("territory",), ""),
    ("challenge", "challenges:challenge", ("territory", "challenge"), ""),
    ("evening", "evenings:evening", ("territory", "evening"), ""),
    ("registration", "evenings:register", ("territory", "evening"), ""),
    ("projects", "projects:board", ("territory",), ""),
    ("project", "projects:project", ("territory", "project"), ""),
    ("harvest", "harvest:harvest", ("territory", "harvest"), ""),
    ("treasures", "treasures:inventory", ("territory",), ""),
    ("treasure", "treasures:treasure", ("territory", "treasure"), ""),
    ("missing", "treasures:missing", ("territory",), ""),
    ("map", "treasures:map", ("territory",), ""),
    ("points", "treasures:points", ("territory",), ""),
    ("needs", "needs:needs", ("territory",), ""),
    ("need", "needs:need", ("territory", "need"), ""),
    ("search", "finding:here", ("territory",), ""),
    ("table", "evenings:table", ("territory", "evening", "table"), ""),
    ("host desk", "portal:desk", ("territory",), "host"),
    ("evening desk", "evenings:desk", ("territory", "evening"), "host"),
    ("commitments", "exchanges:desk", ("territory",), "host"),
    ("plan", "evenings:plan", ("territory", "evening"), "host"),
    ("door", "evenings:door", ("territory", "evening"), "host"),
    ("cohorts", "support:cohorts", ("territory",), "host"),
    ("pace", "projects:pace", ("territory",), "host"),
    ("my space", "people:me", (), "host"),
    ("my digest", "news:mine", (), "host"),
)
WORDS = {"search": "?q=projet+partager"}
PEER = "best peer, event page: 10 / 9 queries, 13-27 ms CPU, p95 579 ms at 16 clients (32/s)"


def prepare(data: Path, database: str) -> tuple[list[dict], str]:
    """Fill the database and look at each page from inside: queries and CPU of one request."""
    code = (
        "import sys; sys.path.insert(0, 'bench');"
        "import django; django.setup();"
        "from django.core.management import call_command; call_command('migrate', verbosity=0);"
        "from pages import look; look()"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environment(data, database), text=True,
        stdout=subprocess.PIPE, check=True,
    )  # fmt: skip
    told = json.loads(done.stdout.splitlines()[-1])
    return told["pages"], told["cookie"]


def look() -> None:
    """Runs inside Django: fills, then prints each page's address, queries and CPU as JSON."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext
    from django.urls import NoReverseMatch, reverse
    from django.utils import timezone
    from filling import fill

    from essor.ledger.models import Entry
    from essor.people.models import Account

    ids = fill()
    host = Client(SERVER_NAME="127.0.0.1")
    host.force_login(Account.objects.get(email=ids["host"]))
    pages = []
    for name, route, arguments, who in PAGES:
        try:
            address = reverse(route, args=[ids[argument] for argument in arguments])
        except NoReverseMatch:
            print(f"no route {route}", file=sys.stderr)
            continue
        address += WORDS.get(name, "")
        browser = host if who else Client(SERVER_NAME="127.0.0.1")
        browser.get(address)
        with CaptureQueriesContext(connection) as queries:
            answer = browser.get(address)
            asked = len(queries)
        kept = [_cpu_of(browser, address) for _ in range(10)]
        anew, queries_anew = [], 0
        for _ in range(5):
            Entry.objects.create(at=timezone.now(), verb="bench", of_type="bench", audience="team")
            with CaptureQueriesContext(connection) as queries:
                anew.append(_cpu_of(browser, address))
                queries_anew = len(queries)
        pages.append(
            {
                "name": name, "address": address, "who": who, "status": answer.status_code,
                "queries": asked, "cpu": 1000 * statistics.median(kept),
                "queries_anew": queries_anew, "anew": 1000 * statistics.median(anew),
                "html": len(answer.content), "sent": len(gzip.compress(answer.content, 6)),
                "links": re.findall(r'(?:href|src)="(/(?:static|[\w-]+/brand)[^"]*)"', answer.content.decode()),
            }
        )  # fmt: skip
    print(json.dumps({"pages": pages, "cookie": host.cookies["sessionid"].value}))


def _cpu_of(browser, address: str) -> float:
    """Seconds of CPU of one request."""
    started = time.process_time()
    browser.get(address)
    return time.process_time() - started


def ended_by_a_signal() -> None:
    """Asked to end, a bench ends what it started as well: servers, and a PostgreSQL of its own."""
    for each in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(each, lambda number, _: sys.exit(128 + number))


def environment(data: Path, database: str) -> dict[str, str]:
    return {
        **os.environ,
        "ESSOR_DATA": str(data),
        "ESSOR_DATABASE": database,
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "PYTHONUNBUFFERED": "1",
    }


@contextlib.contextmanager
def served(data: Path, database: str, processes: int):
    """``essor serve`` on a free port: its address, the seconds it took to answer, its process."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    command = [str(ROOT / ".venv/bin/essor"), "serve", "--port", str(port)]
    if processes > 1:
        command += ["--processes", str(processes)]
    log = (data / "server.log").open("w")
    started = time.monotonic()
    server = subprocess.Popen(
        command, cwd=ROOT, env=environment(data, database), stdout=log, stderr=log
    )
    try:
        while not answers(port):
            if server.poll() is not None or time.monotonic() - started > 60:
                raise SystemExit(
                    f"The server did not start:\n{(data / 'server.log').read_text()[-2000:]}"
                )
            time.sleep(0.02)
        yield port, time.monotonic() - started, server
    finally:
        server.terminate()
        server.wait(timeout=15)
        log.close()


def answers(port: int) -> bool:
    with contextlib.suppress(OSError, http.client.HTTPException):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        connection.request("GET", "/health/")
        return connection.getresponse().status == 200
    return False


def load(
    port: int, page: dict, cookie: str, clients: int, seconds: float
) -> tuple[list[float], int]:
    """Ask ``page`` from ``clients`` threads for ``seconds``: the latencies (s), and the errors."""
    taken: list[float] = []
    errors = 0
    headers = {
        "Accept-Encoding": "gzip",
        **({"Cookie": f"sessionid={cookie}"} if page["who"] else {}),
    }
    until = time.monotonic() + seconds

    def client() -> None:
        nonlocal errors
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        while time.monotonic() < until:
            started = time.monotonic()
            connection.request("GET", page["address"], headers=headers)
            answer = connection.getresponse()
            answer.read()
            taken.append(time.monotonic() - started)
            errors += answer.status != page["status"]

    threads = [threading.Thread(target=client) for _ in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return taken, errors


def memory_of(pid: int) -> float:
    """Memory (MiB) of a process and all below it, pages they share counted once (PSS)."""
    parents = {}
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            told = (folder / "stat").read_text().rsplit(")", 1)[1].split()
            parents[int(folder.name)] = int(told[1])
    family = {pid}
    while below := {child for child, parent in parents.items() if parent in family} - family:
        family |= below
    total = 0.0
    for each in family:
        with contextlib.suppress(OSError):
            rollup = Path(f"/proc/{each}/smaps_rollup").read_text()
            total += int(re.search(r"^Pss:\s+(\d+)", rollup, re.M)[1]) / 1024
    return total


def first_visit(port: int, page: dict) -> tuple[int, int]:
    """Bytes sent and requests made by a phone's first visit: page, styles, fonts, scripts."""
    total, requests, seen = 0, 0, set()
    waiting = [page["address"], *page["links"]]
    while waiting:
        address = waiting.pop(0).replace("&amp;", "&")
        if address in seen or "latin-ext" in address:
            continue
        seen.add(address)
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        connection.request("GET", address, headers={"Accept-Encoding": "br, gzip"})
        answer = connection.getresponse()
        body = answer.read()
        total, requests = total + len(body), requests + 1
        if address.split("?")[0].endswith(".css"):
            connection.request("GET", address, headers={"Accept-Encoding": "identity"})
            styles = connection.getresponse().read().decode()
            folder = address.rsplit("/", 1)[0]
            found = re.findall(r"url\(\"?\.?/?([^)\"]+\.woff2)\"?\)", styles)
            waiting += [each if each.startswith("/") else f"{folder}/{each}" for each in found]
    return total, requests


def measure(name: str, database: str, arguments: argparse.Namespace, processes: int = 1) -> None:
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        pages, cookie = prepare(data, database)
        with served(data, database, processes) as (port, start, server):
            idle = memory_of(server.pid)
            print(f"\n{name}, {processes} page process(es): answers after {start:.1f} s (must 2), "
                  f"idle memory of all processes {idle:.0f} MiB (must 200)")  # fmt: skip
            print(f"{'page':14}{'queries':>8}{'CPU ms':>8}{'| anew':>8}{'CPU ms':>8}{'alone':>8}{'req/s':>8}{'p50 ms':>8}{'p95 ms':>8}"
                  f"{'kB sent':>9}{'first visit':>16}{'errors':>8}")  # fmt: skip
            for page in pages:
                load(port, page, cookie, 2, 0.3)
                alone, _ = load(port, page, cookie, 1, arguments.seconds / 3)
                alone_p95 = statistics.quantiles(alone * 2, n=100)[94]
                taken, errors = load(port, page, cookie, arguments.clients, arguments.seconds)
                cuts = statistics.quantiles(taken, n=100)
                visit, requests = first_visit(port, page) if not page["who"] else (0, 0)
                told = f"{visit / 1000:.0f} kB / {requests}" if visit else ""
                print(f"{page['name']:14}{page['queries']:>8}{page['cpu']:>8.1f}"
                      f"{page['queries_anew']:>8}{page['anew']:>8.1f}"
                      f"{1000 * alone_p95:>8.0f}{len(taken) / arguments.seconds:>8.0f}{1000 * cuts[49]:>8.0f}{1000 * cuts[94]:>8.0f}"
                      f"{page['sent'] / 1000:>9.1f}{told:>16}{errors:>8}", flush=True)  # fmt: skip
            print(f"memory after the load {memory_of(server.pid):.0f} MiB")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--clients", type=int, default=16)
    parser.add_argument("--seconds", type=float, default=3)
    parser.add_argument("--only", choices=("sqlite", "postgresql"))
    arguments = parser.parse_args()
    print(
        f"{arguments.clients} clients, {arguments.seconds:g} s a page, {os.cpu_count()} cores. {PEER}"
    )
    print(
        "must: 6 queries, 6 ms CPU, p95 60 ms at 300/s on the event page; first visit 90 kB, 10 requests"
    )
    if arguments.only != "postgresql":
        measure("SQLite", "", arguments)
    if arguments.only != "sqlite":
        from tools.postgres import cluster

        with cluster(durable=True) as address:
            measure("PostgreSQL", address, arguments, processes=4)


if __name__ == "__main__":
    ended_by_a_signal()
    main()
