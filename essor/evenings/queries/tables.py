"""Reads about tables: who sits there, which spheres, how far the sheet is."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, F, OuterRef, Prefetch, Q, Subquery

from essor.challenges.models import Challenge
from essor.evenings.idea_rules import device_mark, in_silence, said_aloud
from essor.evenings.models import (
    Choice,
    Dot,
    Evening,
    Registration,
    RoomTable,
    Seat,
    Table,
    TableIdea,
)
from essor.evenings.table_rules import LONGEST_EVENING
from essor.kit.prepared import Prepared
from essor.ledger.models import Entry
from essor.people.models import Sphere

_challenges = Prepared(lambda table: Challenge.objects.filter(tables=table).order_by("id"), int)

GONE = (Registration.State.CANCELLED, Registration.State.TWIN)


@dataclass(frozen=True, slots=True)
class AtTable:
    """Somebody who sits at a table, as its facilitator sees them."""

    registration: Registration
    name: str
    sphere: Sphere | None
    rank: int
    """Which of their choices this table is; 0 when it is none of them."""

    @property
    def arrived(self) -> bool:
        return self.registration.arrived_at is not None


def people_of(table: Table) -> list[AtTable]:
    """Everybody who sits at ``table`` in one of its rounds, by name; four queries."""
    challenges = set(table.challenges.values_list("pk", flat=True))
    registrations = (
        Registration.objects.filter(seats__table=table)
        .exclude(state__in=GONE)
        .select_related("person__sphere")
        .prefetch_related(Prefetch("choices", Choice.objects.order_by("rank")))
        .order_by("person__first_name", "person__last_name", "id")
        .distinct()
    )
    return [
        AtTable(each, each.person.short_name, each.person.sphere, _rank(each, challenges))
        for each in registrations
    ]


def _rank(registration: Registration, challenges: set[int]) -> int:
    ranks = [c.rank for c in registration.choices.all() if c.challenge_id in challenges]
    return min(ranks, default=0)


def challenges_of(table: Table) -> list[Challenge]:
    """The challenges that ``table`` works on, in the order in which they were worded."""
    return _challenges.all(table.pk)


def spheres_around(table: Table) -> list[Sphere]:
    """The spheres that sit at ``table``, each once: no number of people can be read from it."""
    sitting = Registration.objects.filter(seats__table=table).exclude(state__in=GONE)
    return list(
        Sphere.objects.filter(pk__in=sitting.values("person__sphere")).order_by("order", "id")
    )


def ideas_of(table: Table, *, own: Collection[str] = (), most: int = 40) -> list[TableIdea]:
    """The table's ideas with their ``marks``, latest first, without those that a host took away.

    In the silent time only ``own``, the keys of what this browser wrote, and what was said before.
    """
    seen = said_aloud(table.evening) | Q(public_id__in=own, hidden=False)
    ideas = table.ideas.filter(seen).annotate(marks=Count("dots")).order_by("-at", "-id")
    return list(ideas[:most])


def marks_of(table: Table, device: str) -> set[int]:
    """The ideas of this table that the device marked, by primary key."""
    if not device:
        return set()
    given = Dot.objects.filter(idea__table=table, mark=device_mark(table, device))
    return set(given.values_list("idea_id", flat=True))


def waiting_in_silence(table: Table) -> int:
    """How many ideas of this table wait for the end of the silent time."""
    if not in_silence(table.evening):
        return 0
    return table.ideas.filter(hidden=False, silent=True).count()


_link_of_room = Subquery(
    RoomTable.objects.filter(
        evening=OuterRef("evening"), number=OuterRef("number"), remote=True
    ).values("link")[:1]
)


def tables_with_progress(evening: Evening) -> list[Table]:
    """All tables with their sheet and numbers of people and ideas, for the conductor."""
    return list(
        evening.tables.select_related("project__sheet")
        .prefetch_related("challenges")
        .annotate(
            link=_link_of_room,
            people=Count("seats__registration", distinct=True),
            said=Count("ideas", filter=Q(ideas__hidden=False), distinct=True),
        )
        .order_by(F("help_asked_at").asc(nulls_last=True), "number")
    )


def seated(evening: Evening) -> int:
    return Seat.objects.filter(table__evening=evening).values("registration").distinct().count()


def latest_ideas(evening: Evening, *, most: int = 20) -> list[TableIdea]:
    """What was said last at any table, also what a host took away."""
    return list(
        TableIdea.objects.filter(table__evening=evening)
        .select_related("table")
        .order_by("-at", "-id")[:most]
    )


def pitches_of(evening: Evening) -> list[Table]:
    """The order of the share-out: tables that handed in their sheet, by number."""
    done = evening.tables.filter(done_at__isnull=False).select_related("project")
    return list(done.order_by("number"))


def next_to_pitch(evening: Evening, pitches: list[Table]) -> Table | None:
    """The first table that has not spoken and does not speak now."""
    waiting = (t for t in pitches if t.pitched_at is None and t.pk != evening.pitching_id)
    return next(waiting, None)


def was_under_way(evening: Evening, at: datetime) -> bool:
    """Whether the evening was under way at ``at``: it is so now, or ended later. One query at most."""
    if evening.state != Evening.State.OVER:
        return evening.state == Evening.State.LIVE
    ends = Entry.objects.filter(of_type="evening", of_id=evening.public_id, verb="ended")
    last = ends.order_by("-id").values_list("at", flat=True).first()
    return last is not None and last - LONGEST_EVENING <= at <= last
