"""A whole evening at once: phones that write, pages that open, streams that hear.

    python bench/evening.py                        SQLite and PostgreSQL, 60 s each, 1,500 streams
    python bench/evening.py --only sqlite --seconds 30 --streams 5000
    python bench/evening.py --faster 3             three times the pace of a real evening

At the pace of a real evening: 1,500 arrivals in 10 minutes, 5 ideas a second, 120 sheets saved
every 5 s, 1,500 promises in 5 minutes, 10 pages a second, all at once, while every phone keeps a
stream open and a conductor says something every 3 s. Each writing has a mark of its own; at the end
the database is asked for every one that was acknowledged: none may be missing, none may be there
twice. Starts ``essor serve`` on 127.0.0.1 over a throw-away database and ends everything by
itself. The clients run on the same machine and take their share of it.
"""

import argparse
import asyncio
import collections
import contextlib
import json
import random
import sqlite3
import statistics
import sys
import tempfile
import time
import uuid
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

from pages import ROOT, memory_of, served
from registration import inside

sys.path.insert(0, str(ROOT / "tools"))

PEOPLE, TABLES = 1_500, 120
PACE = {  # a second, in a real evening
    "arrival": PEOPLE / 600,
    "idea": 5.0,
    "sheet": TABLES / 5,
    "promise": PEOPLE / 300,
    "page": 10.0,
}
SAY_EVERY = 3.0
PROTECTION = "b" * 32
BOUND = "must: nothing lost, nothing twice; post p95 150 ms, page p95 250 ms, heard p95 1 s; 600 MB"
PEER = "peer (pretix, 4 processes, PostgreSQL): 2.0 registrations/s, p95 5.5 s"
SETUP = "import sys; sys.path.insert(0, 'bench'); import django; django.setup();"
FILL = (
    SETUP + "from django.core.management import call_command; call_command('migrate', verbosity=0);"
    f"from hall import fill; fill({PEOPLE}, {TABLES})"
)
KEPT = SETUP + "from hall import kept; kept()"


@dataclass
class Told:
    """What the clients measured, by kind of act."""

    taken: dict[str, list[float]] = field(default_factory=lambda: collections.defaultdict(list))
    failed: collections.Counter = field(default_factory=collections.Counter)
    acknowledged: dict[str, set[str]] = field(default_factory=lambda: collections.defaultdict(set))
    heard: list[float] = field(default_factory=list)
    said: dict[str, float] = field(default_factory=dict)
    open_streams: int = 0
    opened_in: float = 0.0
    dropped: int = 0


class Hall:
    """The clients. Each act opens a connection of its own, as a phone that wakes up does."""

    def __init__(self, port: int, found: dict, told: Told) -> None:
        self.port, self.found, self.told = port, found, told
        self.base = f"/grand/evenings/{found['evening']}/"
        self.marks: dict[str, str] = {}
        self.saving: set[str] = set()
        self.sheets: dict[
            str, str
        ] = {}  # what each sheet must hold: the last saving that was acknowledged
        self.people = random.Random(5).sample(found["people"], len(found["people"]))
        self.next = collections.Counter()

    async def ask(self, method: str, path: str, session: str, form: dict | None = None,
                  accept: str = "*/*") -> tuple[int, bytes]:  # fmt: skip
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        try:
            body = urlencode({**form, "csrfmiddlewaretoken": PROTECTION}).encode() if form else b""
            head = [
                f"{method} {path} HTTP/1.1", f"Host: 127.0.0.1:{self.port}", "Connection: close",
                f"Cookie: sessionid={session}; csrftoken={PROTECTION}", f"Accept: {accept}",
                "Accept-Encoding: gzip", f"Idempotency-Key: {uuid.uuid4().hex}",
                "Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}",
            ]  # fmt: skip
            writer.write("\r\n".join(head).encode() + b"\r\n\r\n" + body)
            answer = await asyncio.wait_for(reader.read(), 30)
            top, _, rest = answer.partition(b"\r\n\r\n")
            return int(top.split(b" ", 2)[1]), rest
        finally:
            writer.close()

    def _turn(self, kind: str) -> int:
        self.next[kind] += 1
        return self.next[kind] - 1

    async def arrival(self) -> tuple[str, bool]:
        key = self.people[self._turn("arrival") % len(self.people)][0]
        status, _ = await self.ask(
            "POST", f"{self.base}door/people/{key}/", self.found["host"], {"act": ""}
        )
        return key, status == 302

    async def idea(self) -> tuple[str, bool]:
        _, table, session = random.choice(self.people)
        text = f"Une idée {uuid.uuid4().hex}"
        status, _ = await self.ask(
            "POST", f"{self.base}tables/{table}/ideas/", session, {"text": text}
        )
        return text, status == 302

    async def sheet(self) -> tuple[str, bool]:
        """The next table whose last saving has ended saves its sheet, over what it saved before."""
        while not (free := [each for each in self.found["tables"] if each[0] not in self.saving]):
            await asyncio.sleep(0.05)
        table, session = free[self._turn("sheet") % len(free)]
        text, last = f"Un rêve {uuid.uuid4().hex}", self.sheets.pop(table, "")
        self.saving.add(table)
        try:
            status, body = await self.ask(
                "POST",
                f"{self.base}tables/{table}/sheet/proposal/",
                session,
                {"dream": text, "mark-dream": self.marks.get(table, "")},
                "application/json",
            )
        finally:
            self.saving.discard(table)
        if status == 200:
            self.marks[table] = json.loads(plain(body))["fields"]["dream"]["mark"]
            self.sheets[table] = text
        elif last:
            self.sheets[table] = last
        return "", status == 200

    async def promise(self) -> tuple[str, bool]:
        _, table, session = self.people[self._turn("promise") % len(self.people)]
        what = f"Une aide {uuid.uuid4().hex}"
        status, _ = await self.ask(
            "POST",
            f"{self.base}commitments/new/",
            session,
            {"kind": "energy", "what": what, "to": table},
        )
        return what, status == 302

    async def page(self) -> tuple[str, bool]:
        _, table, session = random.choice(self.people)
        status, _ = await self.ask("GET", f"{self.base}tables/{table}/", session)
        return "", status == 200

    async def once(self, kind: str, act: Callable[[], Awaitable[tuple[str, bool]]]) -> None:
        started = time.perf_counter()
        try:
            mark, done = await act()
        except (OSError, TimeoutError, asyncio.IncompleteReadError, IndexError, ValueError):
            mark, done = "", False
        if not done:
            self.told.failed[kind] += 1
            return
        self.told.taken[kind].append(time.perf_counter() - started)
        if mark:
            self.told.acknowledged[kind].add(mark)

    async def keep_pace(self, kind: str, rate: float, until: float) -> None:
        """An open loop: acts begin on time whether or not the ones before have ended."""
        running: set[asyncio.Task] = set()
        act, due = getattr(self, kind), time.perf_counter() + random.random() / rate
        while due < until:
            await asyncio.sleep(max(0, due - time.perf_counter()))
            task = asyncio.create_task(self.once(kind, act))
            running.add(task)
            task.add_done_callback(running.discard)
            due += 1 / rate
        if running:
            await asyncio.wait(running, timeout=40)

    async def say(self, until: float) -> None:
        """The conductor says something; when each stream hears it is measured from here."""
        turn = 0
        while time.perf_counter() < until - SAY_EVERY:
            await asyncio.sleep(SAY_EVERY)
            words, turn = f"mot{turn}.", turn + 1
            self.told.said[words] = time.perf_counter()
            with contextlib.suppress(OSError, TimeoutError):
                await self.ask(
                    "POST", f"{self.base}conductor/message/", self.found["host"], {"message": words}
                )

    async def listen(self, until: float) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        writer.write(
            f"GET /live/evening/{self.found['evening']}/?hall=yes&after=0 HTTP/1.1\r\n"
            f"Host: 127.0.0.1:{self.port}\r\n\r\n".encode()
        )
        known, opened = "", False
        try:
            while (left := until - time.perf_counter()) > 0:
                line = await asyncio.wait_for(reader.readline(), left)
                if not line:
                    self.told.dropped += 1
                    return
                if not opened and b"event-stream" in line:
                    opened = True
                    self.told.open_streams += 1
                at = line.find(b'"message":')
                if (
                    at >= 0
                    and (
                        words := json.loads(b"{" + line[at : line.index(b",", at)] + b"}")[
                            "message"
                        ]
                    )
                    != known
                ):
                    known = words
                    if words in self.told.said:
                        self.told.heard.append(time.perf_counter() - self.told.said[words])
        except TimeoutError:
            pass
        finally:
            writer.close()


def plain(body: bytes) -> bytes:
    """A body that came chunked, compressed or neither, as it was."""
    import gzip

    if body[:2] == b"\x1f\x8b":
        return gzip.decompress(body)
    start = body.find(b"{")
    return body[start : body.rindex(b"}") + 1]


async def evening(port: int, found: dict, streams: int, seconds: float, faster: float) -> Told:
    told = Told()
    hall = Hall(port, found, told)
    began = time.perf_counter()
    until = began + seconds + streams / 100
    listeners = []
    for _ in range(streams):  # phones do not all wake up in the same moment
        listeners.append(asyncio.create_task(hall.listen(until)))
        await asyncio.sleep(1 / 300)
    while told.open_streams < streams and time.perf_counter() < until - seconds:
        await asyncio.sleep(0.05)
    told.opened_in = time.perf_counter() - began
    await asyncio.gather(
        hall.say(until),
        *(hall.keep_pace(kind, rate * faster, until) for kind, rate in PACE.items()),
    )
    await asyncio.wait(listeners, timeout=15)
    told.acknowledged["sheet"] = set(hall.sheets.values())
    return told


def measure(database: str, streams: int, seconds: float, faster: float, processes: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        found = inside(FILL, data, database)
        limit = commits_a_second(data)
        with served(data, database, processes) as (port, _, server):
            told = asyncio.run(evening(port, found, streams, seconds, faster))
            memory = memory_of(server.pid)
            kept = inside(KEPT, data, database)
    for kind in PACE:
        taken = sorted(told.taken[kind]) or [float("nan")]
        print(
            f"  {kind:8} {len(told.taken[kind]):6} done {told.failed[kind]:4} failed   "
            f"p50 {1000 * statistics.median(taken):6.0f} ms   p95 {1000 * taken[int(len(taken) * 0.95)]:6.0f} ms"
        )
    heard = sorted(told.heard) or [float("nan")]
    print(f"  streams  {told.open_streams} open of {streams} after {told.opened_in:.1f} s, {told.dropped} dropped; a word reaches them "
          f"p50 {1000 * statistics.median(heard):.0f} ms, p95 {1000 * heard[int(len(heard) * 0.95)]:.0f} ms "
          f"({len(heard)} times heard)")  # fmt: skip
    lost = twice = 0
    for kind, name in (
        ("idea", "ideas"),
        ("sheet", "sheets"),
        ("promise", "promises"),
        ("arrival", "arrivals"),
    ):
        counted = collections.Counter(kept[name])
        lost += sum(1 for mark in told.acknowledged[kind] if not counted[mark])
        twice += sum(1 for mark, times in counted.items() if mark and times > 1)
    print(f"  {sum(map(len, told.acknowledged.values()))} acknowledged: {lost} lost, {twice} twice; "
          f"memory of all processes {memory:.0f} MiB; this disk makes {limit:.0f} durable commits/s")  # fmt: skip


def commits_a_second(folder: Path) -> float:
    """The machine's own limit: one row, one durable commit, again and again for a second."""
    base = sqlite3.connect(folder / "limit.db", isolation_level=None)
    base.execute("PRAGMA journal_mode=WAL")
    base.execute("PRAGMA synchronous=FULL")
    base.execute("CREATE TABLE line (words TEXT)")
    started, count = time.perf_counter(), 0
    while time.perf_counter() - started < 1:
        base.execute("INSERT INTO line VALUES ('one')")
        count += 1
    base.close()
    return count / (time.perf_counter() - started)


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    words.add_argument("--only", choices=["sqlite", "postgres"])
    words.add_argument("--seconds", type=float, default=60)
    words.add_argument("--streams", type=int, default=PEOPLE)
    words.add_argument("--faster", type=float, default=1)
    words.add_argument("--processes", type=int, default=2, help="of pages, on PostgreSQL")
    told = words.parse_args()
    load = (told.streams, told.seconds, told.faster)
    print(
        f"{told.streams} streams, {told.seconds:g} s, {told.faster:g} x the pace of an evening\n{BOUND}\n{PEER}"
    )
    if told.only != "postgres":
        print("SQLite, one process")
        measure("", *load, 1)
    if told.only != "sqlite":
        from postgres import cluster

        with cluster(durable=True) as address:
            print(f"PostgreSQL, {told.processes} page processes")
            measure(address, *load, told.processes)


if __name__ == "__main__":
    main()
