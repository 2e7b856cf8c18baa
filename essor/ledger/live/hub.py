"""Who watches what in this process, and the handing round of events. Event loop side."""

import asyncio
import contextlib
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from threading import Lock

WAITING = 8
"""Events kept for a stream that is slow to take them; past it, the stream is cut and reopens."""


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


@dataclass(eq=False)
class Stream:
    """One open stream. ``None`` in its queue means: say goodbye."""

    room: str
    view: str
    start: Place
    queue: asyncio.Queue[Event | None] = field(default_factory=lambda: asyncio.Queue(WAITING + 1))
    cut: asyncio.Event = field(default_factory=asyncio.Event)

    def offer(self, event: Event) -> None:
        if self.queue.qsize() >= WAITING:
            self.cut.set()
        else:
            self.queue.put_nowait(event)

    def end(self) -> None:
        with contextlib.suppress(asyncio.QueueFull):
            self.queue.put_nowait(None)


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
        for there in self.streams.values():
            for stream in there:
                stream.end()
