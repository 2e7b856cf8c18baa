"""Server-sent events: ``/live/<kind>/<key>/``, pure ASGI beside the pages (see ``config/asgi.py``).

The session and the door are checked once, in a thread, when a stream opens. After that a stream
costs one queue; it ends when the browser leaves, when it is too slow, after half an hour (the
rights are checked again when it reopens), or when the server stops.
"""

import asyncio
import contextlib
import random
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
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
from essor.ledger.live.hub import Event, Hub, Place, Stream
from essor.ledger.live.reader import Reader, missed, place_now

log = structlog.get_logger("essor.live")
Message = dict[str, Any]
Send = Callable[[Message], Awaitable[None]]
Receive = Callable[[], Awaitable[Message]]

HEARTBEAT = 15.0
LONGEST = 30 * 60.0
DOORS = 4
"""Threads that open streams: each costs a few queries, a whole hall may reopen at once."""
HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
    (b"x-content-type-options", b"nosniff"),
    (b"content-security-policy", b"default-src 'none'"),
]


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


class Streams:
    """The ASGI application for paths under ``/live/``; one for each process."""

    def __init__(self) -> None:
        self.hub = Hub()
        self.reader = Reader(self.hub, self._hand_over)
        self.doors = ThreadPoolExecutor(DOORS, thread_name_prefix="live-door")
        self.loop: asyncio.AbstractEventLoop | None = None

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        self.loop = asyncio.get_running_loop()
        try:
            if scope["method"] != "GET":
                raise Refused(405, "Streams are read with GET.")
            if self.hub.closed or self.hub.count >= settings.MOST_STREAMS:
                raise Refused(503, "Too many streams are open. Try again soon.")
            ticket = await self._in_thread(open_door, scope)
        except Refused as refused:
            await _answer(send, refused)
            return
        stream = Stream(ticket.room, ticket.view, ticket.start)
        self.hub.join(stream)
        self.reader.wake()
        try:
            await self._serve(stream, ticket, receive, send)
        finally:
            self.hub.leave(stream)

    async def _serve(self, stream: Stream, ticket: Ticket, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
        known = await self._in_thread(catch_up, ticket)
        pump = asyncio.create_task(_pump(stream, known, send))
        watchers = [
            asyncio.create_task(_gone(receive)),
            asyncio.create_task(stream.cut.wait()),
        ]
        try:
            await asyncio.wait({pump, *watchers}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in (pump, *watchers):
                task.cancel()
            await asyncio.gather(pump, *watchers, return_exceptions=True)

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


def open_door(scope: Message) -> Ticket:
    """Check the session and the kind's own door; raises ``Refused``."""
    parts = scope["path"].strip("/").split("/")
    kind = kind_of(parts[1]) if len(parts) == 3 else None
    if kind is None:
        raise Refused(404, "Not found.")
    request = ASGIRequest(scope, BytesIO())
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


async def _pump(stream: Stream, known: Event | None, send: Send) -> None:
    """Send what comes, and a sign of life when nothing does, until the goodbye."""
    ends_at = asyncio.get_running_loop().time() + LONGEST * random.uniform(0.8, 1)
    await _body(send, b"retry: 2000\n\n" + (known.payload if known else b""))
    while asyncio.get_running_loop().time() < ends_at:
        try:
            event = await asyncio.wait_for(stream.queue.get(), HEARTBEAT)
        except TimeoutError:
            await _body(send, b": still here\n\n")
            continue
        if event is None:
            break
        if known is None or not event.lines or not event.lines <= known.lines:
            await _body(send, event.payload)
    await _body(send, b"", more=False)


async def _body(send: Send, body: bytes, more: bool = True) -> None:
    await send({"type": "http.response.body", "body": body, "more_body": more})


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _answer(send: Send, refused: Refused) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"cache-control", b"no-store")]
    if refused.status == 503:
        headers.append((b"retry-after", b"5"))
    await send({"type": "http.response.start", "status": refused.status, "headers": headers})
    await _body(send, refused.words.encode(), more=False)
