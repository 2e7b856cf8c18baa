"""What the team did about work that looks close to a challenge."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from essor.challenges.models import Challenge, Echo
from essor.challenges.nearby import works_named
from essor.ledger.actions import Named, action, nothing_changed, record
from essor.people.models import Person


class NoSuchWork(Exception):
    """This work is not, or no longer, public."""


@dataclass(frozen=True, slots=True)
class Noted:
    """One work by kind and public id, the reason it looked close, and what was done about it."""

    kind: str
    work: str
    note: str = ""
    shown: bool = False
    reason: dict[str, Any] = field(default_factory=dict)


@action
def note_echo(*, challenge: Challenge, noted: Noted, by: Named | None, at: datetime) -> Echo:
    """Keep what the team did about a work that looks close, and whether the public page names it.

    Raises ``NoSuchWork``.
    """
    if (noted.kind, noted.work) not in works_named([(noted.kind, noted.work)]):
        raise NoSuchWork
    echo = Echo.objects.filter(challenge=challenge, work=noted.work).first()
    note = noted.note.strip()[:500]
    if echo is not None and (echo.note, echo.shown) == (note, noted.shown):
        nothing_changed()
        return echo
    if echo is None:
        echo = Echo(challenge=challenge, kind=noted.kind, work=noted.work, reason=noted.reason)
    echo.note, echo.shown, echo.at = note, noted.shown, at
    echo.by = by if isinstance(by, Person) else None
    echo.save()
    record(by=by, at=at, verb="echo_noted", of=challenge, territory=challenge.territory,
           data={"kind": noted.kind, "work": noted.work, "shown": noted.shown})  # fmt: skip
    return echo
