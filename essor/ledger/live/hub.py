"""Who watches what in this process, and the handing round of events. Event loop side."""

import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from threading import Lock
from typing import Protocol

AGAIN_AFTER = b"retry: 2000\n\n"
"""Milliseconds after which a browser whose stream ended asks again."""
MOST_WAITING = 128 * 1024
"""Bytes kept for a stream that is slow to take them; past it, the stream is cut and reopens."""


@dataclass(frozen=True, slots=True)
class Event:
    """What one reading brings to everybody in one view of a room: its lines, ready to send."""

    lines: frozenset[int]
    payload: bytes


@dataclass
class Place:
    """Where a reader is in one room: everything up to ``floor`` is done, and so is ``seen``.

    ``seen`` holds when each id was seen, ``next_at`` when the room may be told something again
    (both on the monotonic clock), ``present`` what each view was told last of the moment.
    """

    floor: int
    seen: dict[int, float] = field(default_factory=dict)
    next_at: float = 0.0
    present: dict[str, bytes] = field(default_factory=dict)

    def remember(self, ids: Iterable[int], *, keep: float) -> None:
        """``ids`` are done. What was seen more than ``keep`` seconds ago becomes the floor."""
        now = time.monotonic()
        self.seen.update(dict.fromkeys(ids, now))
        settled = [each for each, at in self.seen.items() if at <= now - keep]
        if settled:
            self.floor = max(self.floor, *settled)
            self.seen = {each: at for each, at in self.seen.items() if each > self.floor}


class Way(Protocol):
    """What a stream is written on: a part of ``asyncio.Transport``."""

    def write(self, data: bytes) -> None: ...
    def get_write_buffer_size(self) -> int: ...
    def close(self) -> None: ...
    def abort(self) -> None: ...


@dataclass(eq=False)
class Stream:
    """One open stream. Until it has caught up, what is offered to it is held.

    ``known`` are the lines it had when it began: the reader may bring them once more.
    ``quiet_since`` and ``ends_at`` are on the monotonic clock.
    """

    room: str
    view: str
    start: Place
    way: Way
    ends_at: float
    quiet_since: float = 0.0
    held: list[Event] | None = field(default_factory=list)
    known: frozenset[int] = frozenset()

    def offer(self, event: Event) -> None:
        if self.held is not None:
            self.held.append(event)
        elif not event.lines or not event.lines <= self.known:
            self.send(event.payload)

    def begin(self, known: Event | None) -> None:
        """It has caught up with ``known``: hand on what came meanwhile and is not in it."""
        held, self.held = self.held or [], None
        if known is not None:
            self.known = known.lines
        self.send(AGAIN_AFTER + (known.payload if known else b""))
        for event in held:
            self.offer(event)

    def send(self, payload: bytes) -> None:
        if self.way.get_write_buffer_size() > MOST_WAITING:
            self.way.abort()
        else:
            self.way.write(payload)
            self.quiet_since = time.monotonic()

    def end(self) -> None:
        self.way.close()


@dataclass(frozen=True, slots=True)
class Watched:
    """A room that somebody watches: where the first of them began, and the views they have."""

    start: Place
    views: set[str]


class Hub:
    """The streams of one process, by room. Everything but ``watched`` runs in the event loop."""

    def __init__(self) -> None:
        self.streams: dict[str, set[Stream]] = {}
        self.count = 0
        self.closed = False
        self._lock = Lock()

    def join(self, stream: Stream) -> None:
        with self._lock:
            self.streams.setdefault(stream.room, set()).add(stream)
            self.count += 1

    def leave(self, stream: Stream) -> None:
        with self._lock:
            there = self.streams.get(stream.room, set())
            if stream in there:
                there.remove(stream)
                self.count -= 1
            if not there:
                self.streams.pop(stream.room, None)

    def watched(self) -> dict[str, Watched]:
        """The rooms that somebody watches. Any thread may ask."""
        with self._lock:
            return {
                room: Watched(
                    start=min((each.start for each in there), key=lambda start: start.floor),
                    views={each.view for each in there},
                )
                for room, there in self.streams.items()
            }

    def publish(self, room: str, view: str, event: Event) -> None:
        for stream in self.streams.get(room, ()):
            if stream.view == view:
                stream.offer(event)

    def close(self) -> None:
        """Say goodbye to every stream and take no new one."""
        self.closed = True
        for stream in self.all():
            stream.end()

    def all(self) -> list[Stream]:
        with self._lock:
            return [stream for there in self.streams.values() for stream in there]
