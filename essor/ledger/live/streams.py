"""Server-sent events: ``/live/<kind>/<key>/``, on connections that the pages hand over.

The session and the door are checked once, in a thread, when a stream opens. After that a stream
costs its connection and what waits to be written on it: no thread, no task. It ends when the
browser leaves, when it is too slow, after half an hour (the rights are checked again when it
reopens), or when the server stops.
"""

import asyncio
import contextlib
import random
import socket
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http import HTTPStatus
from io import BytesIO
from typing import Any

import structlog
from django.conf import settings
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.core.exceptions import DisallowedHost
from django.core.handlers.asgi import ASGIRequest
from django.db import close_old_connections
from django.http import Http404, HttpResponse

from essor.ledger.live import kind_of, version
from essor.ledger.live.handover import Asked
from essor.ledger.live.hub import Event, Hub, Place, Stream
from essor.ledger.live.reader import Reader, missed, place_now

log = structlog.get_logger("essor.live")

HEARTBEAT = 15.0
LONGEST = 30 * 60.0
DOORS = 4
"""Threads that open streams: each costs a few queries, a whole hall may reopen at once."""
HEAD = (
    b"HTTP/1.1 200 OK\r\n"
    b"content-type: text/event-stream; charset=utf-8\r\n"
    b"cache-control: no-store\r\n"
    b"x-accel-buffering: no\r\n"
    b"x-content-type-options: nosniff\r\n"
    b"content-security-policy: default-src 'none'\r\n"
    b"connection: close\r\n\r\n"
)
STILL_HERE = b": still here\n\n"


class Refused(Exception):
    """The stream does not open; ``status`` says why, as HTTP does."""

    def __init__(self, status: int, words: str) -> None:
        super().__init__(words)
        self.status, self.words = status, words


@dataclass(frozen=True, slots=True)
class Ticket:
    """What the door found: the room, the view, the last line known, where to begin reading."""

    room: str
    view: str
    after: int
    start: Place


class Visit(asyncio.Protocol):
    """A connection that was handed over: what it sends is not read, that it leaves is noticed."""

    def __init__(self, streams: "Streams", asked: Asked) -> None:
        self.streams, self.asked = streams, asked
        self.stream: Stream | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.way = transport
        self.opening = asyncio.get_running_loop().create_task(self.streams.open(self))

    def connection_lost(self, trouble: Exception | None) -> None:
        self.opening.cancel()
        if self.stream is not None:
            self.streams.hub.leave(self.stream)


class Streams:
    """The streams of one process. Everything runs in the event loop that hands connections in."""

    def __init__(self) -> None:
        self.hub = Hub()
        self.reader = Reader(self.hub, self._hand_over)
        self.doors = ThreadPoolExecutor(DOORS, thread_name_prefix="live-door")
        self.loop: asyncio.AbstractEventLoop | None = None
        self.tending: asyncio.Task[None] | None = None

    async def take(self, connection: socket.socket, asked: Asked) -> bool:
        """Answer on ``connection``, which is ours from now on, until one side leaves."""
        self.loop = asyncio.get_running_loop()
        connection.setblocking(False)
        try:
            await self.loop.connect_accepted_socket(lambda: Visit(self, asked), connection)
        except OSError:  # it has left meanwhile
            connection.close()
        return True

    async def open(self, visit: Visit) -> None:
        try:
            ticket = await self._ticket(visit.asked)
            ends_at = time.monotonic() + LONGEST * random.uniform(0.8, 1)
            visit.stream = Stream(ticket.room, ticket.view, ticket.start, visit.way, ends_at)
            self.hub.join(visit.stream)
            self.reader.wake()
            self._tend()
            visit.way.write(HEAD)
            visit.stream.begin(await self._in_thread(catch_up, ticket))
        except Refused as refused:
            visit.way.write(answer_of(refused))
            visit.way.close()
        except Exception as trouble:  # the browser tries again by itself
            log.warning("stream not opened", why=repr(trouble))
            visit.way.write(answer_of(Refused(503, "Not now. Try again soon.")))
            visit.way.close()

    async def _ticket(self, asked: Asked) -> Ticket:
        if asked.method != "GET":
            raise Refused(405, "Streams are read with GET.")
        if self.hub.closed or self.hub.count >= settings.MOST_STREAMS:
            raise Refused(503, "Too many streams are open. Try again soon.")
        ticket: Ticket = await self._in_thread(open_door, asked)
        return ticket

    def _tend(self) -> None:
        if self.tending is None or self.tending.done():
            self.tending = asyncio.get_running_loop().create_task(self._tend_all())

    async def _tend_all(self) -> None:
        """While anybody is here: a sign of life where it was quiet, an end where it is time."""
        while self.hub.count:
            await asyncio.sleep(1)
            now = time.monotonic()
            for stream in self.hub.all():
                if now > stream.ends_at:
                    stream.end()
                elif stream.held is None and now - stream.quiet_since > HEARTBEAT:
                    stream.send(STILL_HERE)

    async def _in_thread(self, function: Callable[[Any], Any], argument: Any) -> Any:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self.doors, _with_connection, function, argument)

    def _hand_over(self, room: str, view: str, event: Event) -> None:
        """From the reader's thread into the event loop."""
        if self.loop is not None:
            with contextlib.suppress(RuntimeError):  # the loop has just been closed
                self.loop.call_soon_threadsafe(self.hub.publish, room, view, event)

    def stop(self) -> None:
        """Say goodbye to every stream; from any thread, or a signal handler. Returns at once."""
        self.hub.closed = True
        if self.loop is not None:
            with contextlib.suppress(RuntimeError):
                self.loop.call_soon_threadsafe(self.hub.close)

    def close(self) -> None:
        """Stop the reader and the doors; waits for them, two seconds at most."""
        self.stop()
        self.reader.stop()
        self.doors.shutdown(wait=False, cancel_futures=True)


def open_door(asked: Asked) -> Ticket:
    """Check the session and the kind's own door; raises ``Refused``."""
    parts = asked.path.strip("/").split("/")
    kind = kind_of(parts[1]) if len(parts) == 3 else None
    if kind is None:
        raise Refused(404, "Not found.")
    request = ASGIRequest(asked.scope, BytesIO())
    try:
        request.get_host()
        SessionMiddleware(_nothing).process_request(request)
        AuthenticationMiddleware(_nothing).process_request(request)
        view = kind.authorize(request, parts[2])
    except DisallowedHost as refusal:
        raise Refused(400, "Unknown host.") from refusal
    except Http404:
        view = None
    if not view:
        raise Refused(404, "Not found.")
    room = f"{parts[1]}:{parts[2]}"
    start = place_now(room)
    known = request.headers.get("Last-Event-ID") or request.GET.get("after", "")
    digits = known.isascii() and known.isdigit() and len(known) < 19
    return Ticket(room, view, int(known) if digits else version(room), start)


def catch_up(ticket: Ticket) -> Event | None:
    return missed(ticket.room, ticket.view, ticket.after)


def _with_connection(function: Callable[[Any], Any], argument: Any) -> Any:
    close_old_connections()
    try:
        return function(argument)
    finally:
        close_old_connections()


def _nothing(request: Any) -> HttpResponse:
    return HttpResponse()


def answer_of(refused: Refused) -> bytes:
    """The whole answer to a stream that does not open."""
    again = "retry-after: 5\r\n" if refused.status == 503 else ""
    return (
        f"HTTP/1.1 {refused.status} {HTTPStatus(refused.status).phrase}\r\n"
        "content-type: text/plain; charset=utf-8\r\ncache-control: no-store\r\n"
        f"{again}content-length: {len(refused.words)}\r\nconnection: close\r\n\r\n{refused.words}"
    ).encode()
