"""Live streams: a page shows what happens in a room of the ledger, within about a second.

A *room* is the ``room`` of ledger lines, ``kind:key`` (``evening:<public id>``). The browser opens
``/live/<kind>/<key>/?after=<version>`` as a stream of server-sent events; each event carries what
the new lines have to show, at most one event a second a room.

An upper room declares its kind once, in its ``panels.py`` (loaded at start)::

    live.register("evening", authorize=who_may_watch, render=what_to_show)

``who_may_watch(request, key)`` answers a *view*, a short word (``"screen"``, ``"team"``), or
``None``: not found. The request has its session and ``user``, and no middleware ran; build
``Visitor(request)`` from it. It runs once, when the stream opens (and again when it reopens, at
least every half hour).

``what_to_show(key, view, entries)`` answers ``{entry id: what to show}`` as plain JSON values, for
the lines that this view may see. It runs once for all the streams of a view, so it must depend on
nothing else; fetch everything in a fixed number of queries. Fold several lines into the last one
where only the result matters.

``present(key, view)``, where a kind gives it, answers what is so only for the moment (who holds
what) as plain JSON: sent as an event ``present`` whenever it differs, and kept nowhere. Call
``essor.ledger.live.changes.announce(room)`` where it changes without a line of the ledger.

What the page must know:

* Render the page with ``version = live.version(room)`` read *before* the page's own data, and
  follow the stream after it: nothing falls between the page and the stream.
* Events arrive as ``{"version": 12, "changes": [{"line": 11, ...}, {"line": 12, ...}]}``.
  ``web/scripts/live.js`` (``follow``) reconnects and hands each line over once; still, a line may
  tell what the page showed already: replace what has the same id, give totals, not increments.
* After a long absence the event is ``reload``: too much was missed; load the page again.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from essor.kit.prepared import Prepared
from essor.ledger.models import Entry

Authorize = Callable[[HttpRequest, str], str | None]
Render = Callable[[str, str, list[Entry]], dict[int, dict[str, Any]]]
Present = Callable[[str, str], Any]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of room: who may watch it, how its lines are shown, what is so for the moment."""

    authorize: Authorize
    render: Render
    present: Present | None = None


_kinds: dict[str, Kind] = {}
_last = Prepared(lambda room: Entry.objects.only("pk").filter(room=room).order_by("-id")[:1], str)


def register(
    kind: str, authorize: Authorize, render: Render, present: Present | None = None
) -> None:
    """Declare who may watch the rooms ``kind:...`` and how their lines are shown."""
    _kinds[kind] = Kind(authorize, render, present)


def kind_of(room: str) -> Kind | None:
    return _kinds.get(room.partition(":")[0])


def version(room: str) -> int:
    """The number of the last line of ``room`` now; 0 when nothing happened yet."""
    last = _last.first(room)
    return last.pk if last else 0
