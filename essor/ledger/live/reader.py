"""The one reader of a process: reads the ledger's new lines and has them handed round.

Ids are given before the commit, so on PostgreSQL a line may appear after a later one. The reader
therefore looks again at the last lines of a room for ``OVERLAP`` seconds, and remembers which it
has handed on. On SQLite, where writers wait for each other, ids appear in order.
"""

import json
import time
from collections.abc import Callable
from datetime import timedelta
from threading import Event as Flag
from threading import Thread
from typing import Any

import structlog
from django.db import Error, connection
from django.utils import timezone

from essor.kit.prepared import Prepared
from essor.ledger.live import kind_of, version
from essor.ledger.live.changes import Changes, watch
from essor.ledger.live.hub import Event, Hub, Place
from essor.ledger.models import Entry

log = structlog.get_logger("essor.live")
EVERY = 1.0
"""Seconds between two events of a room, at least."""
OVERLAP = 120.0
"""Seconds for which a late line is waited for on PostgreSQL."""
MOST = 400
"""Lines that are sent at once; whoever missed more loads the page again."""
RELOAD = b"event: reload\ndata: {}\n\n"
_latest = Prepared(
    lambda room: Entry.objects.only("pk").filter(room=room).order_by("-id")[:MOST], str
)
_since = Prepared(
    lambda room, after: Entry.objects.filter(room=room, id__gt=after).order_by("id")[: MOST + 1],
    str,
    int,
)
Publish = Callable[[str, str, Event], None]


def late_lines_possible() -> bool:
    return connection.vendor == "postgresql"


class Reader:
    """A thread that sleeps while nobody watches. ``publish`` is called from the thread."""

    def __init__(self, hub: Hub, publish: Publish) -> None:
        self.hub, self.publish = hub, publish
        self.places: dict[str, Place] = {}
        self.stopping, self.wanted = Flag(), Flag()
        self.thread = Thread(target=self.run, name="live-reader", daemon=True)

    def wake(self) -> None:
        """Somebody began to watch."""
        self.wanted.set()
        if not self.thread.is_alive() and not self.stopping.is_set():
            self.thread.start()

    def stop(self) -> None:
        self.stopping.set()
        self.wanted.set()
        if self.thread.is_alive():
            self.thread.join(timeout=2)

    def run(self) -> None:
        changes, pending = watch(), False
        while not self.stopping.is_set():
            if not self.hub.watched():
                self.rest(changes)
                continue
            try:
                pending = changes.wait() or pending
                pending = self.read_all() if pending else False
            except Exception as trouble:  # whatever it is, the screens of the hall go on
                log.warning("ledger not read", why=repr(trouble))
                pending = True
                _close(changes)
                self.stopping.wait(1)
        _close(changes)

    def rest(self, changes: Changes) -> None:
        """Give the connection back and sleep until somebody watches."""
        _close(changes)
        self.places.clear()
        self.wanted.clear()
        if not self.hub.watched() and not self.stopping.is_set():
            self.wanted.wait()

    def read_all(self) -> bool:
        """Read each watched room whose second is over; whether some room has to wait."""
        watched, now, waiting = self.hub.watched(), time.monotonic(), False
        self.places = {room: place for room, place in self.places.items() if room in watched}
        for room, there in watched.items():
            place = self.places.setdefault(room, there.start)
            if now < place.next_at:
                waiting = True
            elif self.read(room, place, there.views):
                place.next_at = now + EVERY
        if connection.vendor == "postgresql":
            connection.close()
        return waiting

    def tell_present(self, room: str, place: Place, views: set[str]) -> None:
        """Hand on what is so for the moment, to the views for which it changed."""
        for view in views:
            payload = payload_of_present(room, view)
            if payload and payload != place.present.get(view):
                place.present[view] = payload
                self.publish(room, view, Event(frozenset(), payload))

    def read(self, room: str, place: Place, views: set[str]) -> bool:
        """Hand on what is new in ``room``; whether there was anything."""
        self.tell_present(room, place, views)
        ids = Entry.objects.filter(room=room, id__gt=place.floor).order_by("id")
        fresh = [each for each in ids.values_list("id", flat=True) if each not in place.seen]
        if not fresh:
            return False
        entries = list(Entry.objects.filter(id__in=fresh[: MOST + 1]).order_by("id"))
        for view in views:
            event = event_of(room, view, entries)
            if event is not None:
                self.publish(room, view, event)
        place.remember(fresh, keep=OVERLAP if late_lines_possible() else 0.0)
        return True


def payload_of_present(room: str, view: str) -> bytes:
    """The event of what is so for the moment; empty for kinds that have none. A fault is logged."""
    kind = kind_of(room)
    if kind is None or kind.present is None:
        return b""
    try:
        told = kind.present(room.partition(":")[2], view)
    except Error:
        raise
    except Exception:
        log.exception("moment not shown", room=room, view=view)
        return b""
    return f"event: present\ndata: {json.dumps(told, ensure_ascii=False)}\n\n".encode()


def place_now(room: str) -> Place:
    """Where a reader starts that begins now: at the last line, knowing the lines before it."""
    if not late_lines_possible():
        return Place(version(room))
    last = [line.pk for line in _latest.all(room)]
    return Place(last[-1], dict.fromkeys(last, time.monotonic())) if last else Place(0)


def missed(room: str, view: str, after: int) -> Event | None:
    """What a stream that knows lines up to ``after`` has missed, with lines that came late."""
    entries = _since.all(room, after)
    if late_lines_possible() and len(entries) < MOST:
        since = timezone.now() - timedelta(seconds=OVERLAP)
        late = Entry.objects.filter(room=room, id__lte=after, at__gte=since).order_by("-id")
        entries = [*reversed(late[: MOST - len(entries)]), *entries]
    return event_of(room, view, entries)


def event_of(room: str, view: str, entries: list[Entry]) -> Event | None:
    """The event for one view; None when these lines show nothing there.

    A line that cannot be shown is a fault of ours: it is told in the log and left out, and the
    stream goes on.
    """
    kind = kind_of(room)
    if kind is None or not entries:
        return None
    if len(entries) > MOST:
        return Event(frozenset(), RELOAD)
    try:
        shown = kind.render(room.partition(":")[2], view, entries)
    except Error:
        raise
    except Exception:
        log.exception("lines not shown", room=room, view=view)
        return None
    changes: list[dict[str, Any]] = [
        {"line": entry.pk, **shown[entry.pk]} for entry in entries if entry.pk in shown
    ]
    if not changes:
        return None
    newest = entries[-1].pk
    data = json.dumps({"version": newest, "changes": changes}, ensure_ascii=False, default=str)
    payload = f"id: {newest}\ndata: {data}\n\n".encode()
    return Event(frozenset(entry.pk for entry in entries), payload)


def _close(changes: Changes) -> None:
    try:
        changes.close()
    except Exception as trouble:
        log.warning("ledger connection not closed", why=type(trouble).__name__)
