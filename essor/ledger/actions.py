"""How a change is written: as an action, in one transaction, with its ledger line."""

import functools
import inspect
from collections.abc import Callable, Iterable
from contextvars import ContextVar
from datetime import datetime
from typing import Any, ParamSpec, Protocol, TypeVar

from django.db import transaction

from essor.kit.putting import put_all_soon, put_soon
from essor.ledger.live.changes import announce
from essor.ledger.models import Audience, Entry

P = ParamSpec("P")
R = TypeVar("R")


class Named(Protocol):
    """Anything the ledger can name: it has a public id for life."""

    public_id: str


class NoLedgerLine(RuntimeError):
    """An action ended without a ledger line and without saying that nothing changed."""


class OutsideAction(RuntimeError):
    """A step ran by itself: what it writes would stand without its action's transaction."""


_lines: ContextVar[list[int] | None] = ContextVar("ledger_lines", default=None)


def action(function: Callable[P, R]) -> Callable[P, R]:
    """Make ``function`` an action: keyword-only with ``by`` and ``at``, atomic, with a line.

    Raises ``TypeError`` at import where the signature is not an action's, and ``NoLedgerLine``
    when the body neither called ``record`` nor ``nothing_changed``.
    """
    parameters = inspect.signature(function).parameters
    positional = [p.name for p in parameters.values() if p.kind is not p.KEYWORD_ONLY]
    if positional or not {"by", "at"} <= set(parameters):
        raise TypeError(f"{function.__qualname__} is an action: keyword-only, with by= and at=.")

    @functools.wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        outer = _lines.get()
        lines: list[int] = []
        token = _lines.set(lines)
        try:
            with transaction.atomic():
                result = function(*args, **kwargs)
                if not lines:
                    raise NoLedgerLine(function.__qualname__)
        finally:
            _lines.reset(token)
        if outer is not None:
            outer.extend(lines)
        return result

    run.is_action = True  # type: ignore[attr-defined]
    return run


def step(function: Callable[P, R]) -> Callable[P, R]:
    """Mark a function that writes as a part of an action, inside its transaction.

    The action around it answers for the ledger line. Raises ``OutsideAction`` where there is none.
    """

    @functools.wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        if _lines.get() is None:
            raise OutsideAction(function.__qualname__)
        return function(*args, **kwargs)

    return run


def record(
    *,
    by: Named | None,
    at: datetime,
    verb: str,
    of: Named,
    territory: Named | None = None,
    audience: Audience = Audience.TEAM,
    room: str = "",
    part_of: Named | None = None,
    data: dict[str, Any] | None = None,
) -> None:
    """Write one line. ``room`` names a live stream (``evening:<public id>``) that shall see it.

    ``part_of`` is the larger thing whose history it belongs to: the project of a promise.

    ``data`` is JSON, without personal data: names and addresses are looked up when shown.
    """
    entry = _entry(by, at, verb, of, territory, audience, room, data or {}, part_of)
    put_soon(entry)
    if room:
        announce(room)
    lines = _lines.get()
    if lines is not None:
        lines.append(1)


def record_each(
    *,
    by: Named | None,
    at: datetime,
    verb: str,
    of: Iterable[tuple[Named, dict[str, Any]]],
    territory: Named | None = None,
    audience: Audience = Audience.TEAM,
    room: str = "",
) -> int:
    """One line for each object with its data, in a few queries; returns how many were written."""
    entries = [_entry(by, at, verb, each, territory, audience, room, data) for each, data in of]
    put_all_soon(entries)
    if room and entries:
        announce(room)
    lines = _lines.get()
    if lines is not None:
        lines.append(len(entries))
    return len(entries)


def _entry(
    by: Named | None,
    at: datetime,
    verb: str,
    of: Named,
    territory: Named | None,
    audience: Audience,
    room: str,
    data: dict[str, Any],
    part_of: Named | None = None,
) -> Entry:
    return Entry(
        at=at,
        by=by.public_id if by else "",
        verb=verb,
        of_type=type(of).__name__.lower(),
        of_id=of.public_id,
        part_of=part_of.public_id if part_of else "",
        territory=territory.public_id if territory else "",
        audience=audience,
        room=room,
        data=data,
    )


def nothing_changed() -> None:
    """Say that this action found everything as asked: it wrote nothing and needs no line."""
    lines = _lines.get()
    if lines is not None:
        lines.append(0)


def pseudonymise(*, person_id: str, pseudonym: str) -> int:
    """Replace an erased person's id by ``pseudonym`` wherever the ledger names it."""
    as_actor = Entry.objects.filter(by=person_id).update(by=pseudonym)
    as_object = Entry.objects.filter(of_id=person_id).update(of_id=pseudonym)
    return as_actor + as_object


@step
def forget_place(*, territory: Named) -> int:
    """Take out every line of a place where nothing was real: a rehearsal, which is thrown away."""
    return Entry.objects.filter(territory=territory.public_id).delete()[0]
