"""The room as it is now: open tables, who sits there or still holds a seat, kept by the engine.

A seat is held by whoever has arrived, and by whoever is still expected: not told absent, and not
past the time from which the seats of those who have not come are free.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from essor.algos.seating import Live, Seating
from essor.algos.seating import Plan as Seated
from essor.evenings.models import Evening, Registration, Seat, Table
from essor.evenings.planning.problem import fitted, problem_of
from essor.ledger.kept import Version, version


def holding(evening: Evening, at: datetime) -> QuerySet[Registration]:
    """Registrations that hold their seat at this time."""
    registered = Registration.objects.filter(evening=evening, state=Registration.State.REGISTERED)
    if seats_are_free(evening, at):
        return registered.filter(arrived_at__isnull=False)
    return registered.filter(Q(arrived_at__isnull=False) | Q(absent_at__isnull=True))


def seats_are_free(evening: Evening, at: datetime) -> bool:
    """Whether the seats of those who have not come may be given to others."""
    return evening.seats_freed_at is not None and evening.seats_freed_at <= at


def has_tables(evening: Evening) -> bool:
    return Table.objects.filter(evening=evening, state=Table.State.OPEN).exists()


def live_room(evening: Evening, at: datetime) -> Live:
    """The engine's view of the room at this time; call it under the evening's lock to change it."""
    expected = set(holding(evening, at).values_list("pk", flat=True))
    problem = problem_of(evening, expected=expected)
    return Live(problem, fitted(_as_seated(evening, expected), problem))


def _as_seated(evening: Evening, expected: set[int]) -> Seated:
    tables = Table.objects.filter(evening=evening, state=Table.State.OPEN)
    numbers = dict(tables.values_list("pk", "number"))
    topics: defaultdict[int, list[str]] = defaultdict(list)
    through = Table.challenges.through.objects.filter(table__in=numbers).order_by("id")
    for table, challenge in through.values_list("table_id", "challenge__public_id"):
        topics[table].append(challenge)
    people: defaultdict[tuple[int, int], list[str]] = defaultdict(list)
    rows = Seat.objects.filter(table__in=numbers).order_by("id")
    for round, table, registration, key in rows.values_list(
        "round", "table_id", "registration_id", "registration__public_id"
    ):
        if registration in expected:
            people[round, table].append(key)
    return Seated(
        tuple(
            tuple(
                Seating(str(number), tuple(topics[pk]), tuple(people[round, pk]))
                for pk, number in numbers.items()
            )
            for round in range(1, evening.rounds + 1)
        )
    )


@dataclass(frozen=True, slots=True)
class Glimpse:
    """The room as it was seen before any lock was taken, and what the ledger said last then."""

    version: Version
    freed: bool
    live: Live


def glimpse(evening: Evening, at: datetime) -> Glimpse | None:
    """Look at the room without holding anybody up; None where it has no tables.

    Reading 1,400 people takes the engine a tenth of a second, which every writer of the house
    would wait for on SQLite, and every door of the evening on PostgreSQL.
    """
    seen = version()  # first: whatever happens while the room is read makes it an old one
    if not has_tables(evening):
        return None
    return Glimpse(seen, seats_are_free(evening, at), live_room(evening, at))


def live_room_as(seen: Glimpse | None, evening: Evening, at: datetime) -> Live:
    """Under the evening's lock: the room as it was ``seen``, where nothing has happened since."""
    if seen and seen.version == version() and seen.freed == seats_are_free(evening, at):
        return seen.live
    return live_room(evening, at)
