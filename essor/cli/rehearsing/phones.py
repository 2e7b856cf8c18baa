"""The phones of a rehearsal: they write, open pages and hear, at the pace of a real evening.

Each writing has a mark of its own, so that the judge can ask the database for every one of them.
"""

import asyncio
import collections
import contextlib
import gzip
import json
import random
import time
import uuid
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import urlencode

from essor.cli.rehearsing.judging import Told

PROTECTION = "b" * 32
SAY_EVERY = 3.0
ANSWER_WITHIN = 30.0
OPENED_A_SECOND = 300
Act = Callable[[], Awaitable[tuple[str, bool]]]


def pace(people: int, tables: int) -> dict[str, float]:
    """Acts a second of a real evening with so many people; 1,500 of them give 5 ideas a second."""
    return {
        "arrival": people / 600,
        "idea": people / 300,
        "sheet": tables / 5,
        "promise": people / 300,
        "page": people / 150,
    }


class Phones:
    """All clients. Each act opens a connection of its own, as a phone that wakes up does."""

    def __init__(self, port: int, found: dict[str, Any], told: Told) -> None:
        self.port, self.found, self.told = port, found, told
        self.base = f"/grand/evenings/{found['evening']}/"
        self.marks: dict[str, str] = {}
        self.saving: set[str] = set()
        self.sheets: dict[str, str] = {}  # what each must hold: its last acknowledged saving
        self.people = random.Random(5).sample(found["people"], len(found["people"]))
        self.turns: collections.Counter[str] = collections.Counter()

    async def ask(self, method: str, path: str, session: str, form: dict[str, str] | None = None,
                  accept: str = "*/*") -> tuple[int, bytes]:  # fmt: skip
        """The status and the body of one answer."""
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
            answer = await asyncio.wait_for(reader.read(), ANSWER_WITHIN)
            top, _, rest = answer.partition(b"\r\n\r\n")
            return int(top.split(b" ", 2)[1]), rest
        finally:
            writer.close()

    def _turn(self, kind: str) -> int:
        self.turns[kind] += 1
        return self.turns[kind] - 1

    async def arrival(self) -> tuple[str, bool]:
        key = self.people[self._turn("arrival")][0]
        path = f"{self.base}door/people/{key}/"
        status, _ = await self.ask("POST", path, self.found["host"], {"act": ""})
        return key, status == 302

    async def idea(self) -> tuple[str, bool]:
        _, table, session = random.choice(self.people)
        text = f"Une idée {uuid.uuid4().hex}"
        path = f"{self.base}tables/{table}/ideas/"
        status, _ = await self.ask("POST", path, session, {"text": text})
        return text, status == 302

    async def sheet(self) -> tuple[str, bool]:
        """The next table whose last saving has ended saves its sheet, over what it saved before."""
        while not (free := [each for each in self.found["tables"] if each[0] not in self.saving]):
            await asyncio.sleep(0.05)
        table, session = free[self._turn("sheet") % len(free)]
        text, last = f"Un rêve {uuid.uuid4().hex}", self.sheets.pop(table, "")
        form = {"dream": text, "mark-dream": self.marks.get(table, "")}
        path = f"{self.base}tables/{table}/sheet/proposal/"
        self.saving.add(table)
        try:
            status, body = await self.ask("POST", path, session, form, "application/json")
            if status == 200:
                self.marks[table] = json.loads(plain(body))["fields"]["dream"]["mark"]
        finally:
            self.saving.discard(table)
        if status == 200:
            self.sheets[table] = text
        elif last:
            self.sheets[table] = last
        return "", status == 200

    async def promise(self) -> tuple[str, bool]:
        _, table, session = self.people[self._turn("promise") % len(self.people)]
        what = f"Une aide {uuid.uuid4().hex}"
        form = {"kind": "energy", "what": what, "to": table}
        status, _ = await self.ask("POST", f"{self.base}commitments/new/", session, form)
        return what, status == 302

    async def page(self) -> tuple[str, bool]:
        _, table, session = random.choice(self.people)
        status, _ = await self.ask("GET", f"{self.base}tables/{table}/", session)
        return "", status == 200

    async def once(self, kind: str, act: Act) -> None:
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
        running: set[asyncio.Task[None]] = set()
        act, due = getattr(self, kind), time.perf_counter() + random.random() / rate
        most = len(self.people) if kind == "arrival" else float("inf")  # one arrives once
        begun = 0
        while due < until and begun < most:
            await asyncio.sleep(max(0, due - time.perf_counter()))
            task = asyncio.create_task(self.once(kind, act))
            running.add(task)
            task.add_done_callback(running.discard)
            due += 1 / rate
            begun += 1
        if running:
            _, late = await asyncio.wait(running, timeout=ANSWER_WITHIN + 10)
            self.told.failed[kind] += len(late)

    async def say(self, until: float, every: float) -> None:
        """The conductor says something; when each stream hears it is measured from here."""
        path = f"{self.base}conductor/message/"
        while time.perf_counter() + every < until:
            await asyncio.sleep(every)
            words = f"mot{self._turn('word')}."
            self.told.said[words] = time.perf_counter()
            with contextlib.suppress(OSError, TimeoutError, IndexError, ValueError):
                await self.ask("POST", path, self.found["host"], {"message": words})

    async def listen(self) -> None:
        """One stream, held until it is cancelled."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        path = f"/live/evening/{self.found['evening']}/?hall=yes&after=0"
        writer.write(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\n\r\n".encode())
        known, opened = "", False
        try:
            while line := await reader.readline():
                if not opened and b"event-stream" in line:
                    opened = True
                    self.told.open_streams += 1
                words = _message_in(line)
                if words and words != known:
                    known = words
                    if words in self.told.said:
                        self.told.heard.append(time.perf_counter() - self.told.said[words])
            self.told.dropped += 1
        except OSError:
            self.told.dropped += 1
        finally:
            writer.close()


def _message_in(line: bytes) -> str:
    at = line.find(b'"message":')
    if at < 0:
        return ""
    return str(json.loads(b"{" + line[at : line.index(b",", at)] + b"}")["message"] or "")


def plain(body: bytes) -> bytes:
    """A body that came chunked, compressed or neither, as it was."""
    if body[:2] == b"\x1f\x8b":
        return gzip.decompress(body)
    start = body.find(b"{")
    return body[start : body.rindex(b"}") + 1]


async def live_through(
    port: int, found: dict[str, Any], streams: int, seconds: float, faster: float
) -> Told:
    """Open the streams, then keep the pace of an evening, ``faster`` times, for ``seconds``."""
    told = Told()
    phones = Phones(port, found, told)
    began = time.perf_counter()
    listeners = []
    for _ in range(streams):  # phones do not all wake up in the same moment
        listeners.append(asyncio.create_task(phones.listen()))
        await asyncio.sleep(1 / OPENED_A_SECOND)
    while told.open_streams < streams and time.perf_counter() - began < 10 + streams / 50:
        await asyncio.sleep(0.02)
    told.opened_in = time.perf_counter() - began
    until = time.perf_counter() + seconds
    rates = pace(len(found["people"]), len(found["tables"]))
    await asyncio.gather(
        phones.say(until, min(SAY_EVERY, seconds / 4)),
        *(phones.keep_pace(kind, rate * faster, until) for kind, rate in rates.items()),
    )
    await asyncio.sleep(1)  # the last word may still be on its way
    for each in listeners:
        each.cancel()
    await asyncio.gather(*listeners, return_exceptions=True)
    told.acknowledged["sheet"] = set(phones.sheets.values())
    return told
