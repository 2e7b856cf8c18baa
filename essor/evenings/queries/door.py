"""What the door needs, and nothing more: names, spheres, tables, who is here, counts."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, Sum
from django.utils.timezone import localtime

from essor.evenings.at_door.live_room import holding
from essor.evenings.at_door.name_search import search
from essor.evenings.models import Evening, HeadCount, Registration, Seat, Table
from essor.people.models import Sphere

State = Registration.State
CODE = re.compile(r"(?:^|/)([A-Za-z0-9]{4,8})/?(?:[?#].*)?$")


@dataclass(frozen=True, slots=True)
class AtDoor:
    """Somebody as the door sees them: no address, no access needs."""

    pk: int
    public_id: str
    name: str
    sphere: Sphere | None
    state: str
    table: int | None
    arrived_at: datetime | None
    absent: bool
    remote: bool


@dataclass(frozen=True, slots=True)
class Counts:
    """Who is in the hall by check-in; ``children`` came along with those who are here."""

    expected: int
    arrived: int
    absent: int
    walked_in: int
    children: int
    remote_arrived: int = 0
    """Those at a distance who are there, of ``remote_expected``; the other counts are the hall's."""
    remote_expected: int = 0


@dataclass(frozen=True, slots=True)
class Head:
    """A count by head beside the check-ins up to its time."""

    count: HeadCount
    checked_in: int

    @property
    def difference(self) -> int:
        return self.count.people - self.checked_in

    @property
    def who(self) -> str:
        return self.count.by.short_name if self.count.by else ""

    @property
    def missing(self) -> int:
        return max(0, -self.difference)


def code_in(text: str) -> str:
    """The ticket's code in what was typed or scanned (a code, or the address in the QR)."""
    found = CODE.search("".join(text.split()))
    return found[1].upper() if found else ""


def by_code(evening: Evening, text: str) -> Registration | None:
    """The registration of a ticket; a twin's ticket leads to the one that counts."""
    code = code_in(text)
    if not code:
        return None
    registrations = Registration.objects.select_related("person__sphere", "twin_of__person__sphere")
    found = registrations.filter(evening=evening, code=code).first()
    found = (found.twin_of or found) if found else None
    if found is not None:
        found.evening = evening
    return found


def people_at_door(evening: Evening, keys: Sequence[int] | None = None) -> list[AtDoor]:
    """Everybody who may come to the door (or those of ``keys``), by name. Three queries."""
    people = Registration.objects.filter(evening=evening).exclude(state=State.TWIN)
    if keys is not None:
        people = people.filter(pk__in=keys)
    spheres = {sphere.pk: sphere for sphere in Sphere.objects.all()}
    tables = tables_of(evening, keys)
    rows = people.order_by("person__first_name", "person__last_name", "id").values_list(
        "pk", "public_id", "person__first_name", "person__last_name", "person__sphere_id",
        "state", "arrived_at", "absent_at", "remote",
    )  # fmt: skip
    return [
        AtDoor(pk, key, f"{first} {last}".strip(), spheres.get(sphere), state, tables.get(pk),
               arrived, absent is not None, remote)
        for pk, key, first, last, sphere, state, arrived, absent, remote in rows
    ]  # fmt: skip


def list_for_the_door(evening: Evening) -> dict[str, Any]:
    """What a door knows without network, as plain values: people by name, and the open tables.

    A person is ``[id, code, name, sphere's letter, state, table, arrived (HH:MM) or null]``, a table
    ``[number, people who sit or are expected there, most, its challenges' keys, their words]``.
    Tables by video are not the door's: whoever was expected there and comes finds a seat in the hall.
    """
    codes = dict(Registration.objects.filter(evening=evening).values_list("pk", "code"))
    people = people_at_door(evening)
    seated = Counter(each.table for each in people if each.state == State.REGISTERED)
    tables = evening.tables.filter(state=Table.State.OPEN, remote=False)
    tables = tables.prefetch_related("challenges")
    return {
        "people": [
            [each.public_id, codes[each.pk], each.name, each.sphere.letter if each.sphere else "",
             each.state, None if each.remote else each.table, each.arrived_at and f"{localtime(each.arrived_at):%H:%M}"]
            for each in people
        ],
        "tables": [
            [table.number, seated[table.number], evening.seats_max,
             [each.pk for each in table.challenges.all()],
             " + ".join(each.short for each in table.challenges.all())]
            for table in tables.order_by("number")
        ],
    }  # fmt: skip


def tables_of(evening: Evening, keys: Sequence[int] | None = None) -> dict[int, int]:
    """The table's number by registration (or by those of ``keys``), in the first round."""
    seats = Seat.objects.filter(table__evening=evening, table__state=Table.State.OPEN, round=1)
    if keys is not None:
        seats = seats.filter(registration__in=keys)
    return dict(seats.values_list("registration_id", "table__number"))


def find_by_name(evening: Evening, query: str) -> list[AtDoor]:
    people = people_at_door(evening)
    return [people[at] for at in search(query, [person.name for person in people])]


def latest_arrivals(evening: Evening, count: int = 6) -> list[AtDoor]:
    """Who came last, the latest first."""
    here = Registration.objects.filter(evening=evening, arrived_at__isnull=False)
    keys = list(here.order_by("-arrived_at", "-id").values_list("pk", flat=True)[:count])
    people = {person.pk: person for person in people_at_door(evening, keys)} if keys else {}
    return [people[key] for key in keys if key in people]


def counts_of(evening: Evening) -> Counts:
    """One query."""
    hall, far = Q(remote=False), Q(remote=True)
    here = hall & Q(arrived_at__isnull=False)
    found = Registration.objects.filter(evening=evening, state=State.REGISTERED).aggregate(
        expected=Count("pk", filter=hall),
        arrived=Count("pk", filter=here),
        absent=Count("pk", filter=hall & Q(arrived_at=None, absent_at__isnull=False)),
        walked_in=Count("pk", filter=here & Q(source=Registration.Source.DOOR)),
        children=Sum("children", filter=here),
        remote_arrived=Count("pk", filter=far & Q(arrived_at__isnull=False)),
        remote_expected=Count("pk", filter=far),
    )
    return Counts(**{**found, "children": found["children"] or 0})


def heads_of(evening: Evening) -> list[Head]:
    """Every count by head in the hall beside its check-ins up to then. Two queries."""
    times = list(
        Registration.objects.filter(
            evening=evening, state=State.REGISTERED, remote=False, arrived_at__isnull=False
        ).values_list("arrived_at", flat=True)
    )
    heads = HeadCount.objects.filter(evening=evening).select_related("by")
    return [Head(each, sum(at <= each.at for at in times if at)) for each in heads]


@dataclass(frozen=True, slots=True)
class DoorTable:
    """An open table: who holds a seat, who is here, whether its facilitator is."""

    table: Table
    topics: tuple[str, ...]
    holding: int
    here: int
    free: int
    facilitators: int
    facilitators_here: int


def tables_at_door(evening: Evening, at: datetime) -> list[DoorTable]:
    """Open tables by number. Four queries."""
    tables = Table.objects.filter(evening=evening, state=Table.State.OPEN).prefetch_related(
        "challenges"
    )
    held = set(holding(evening, at).values_list("pk", flat=True))
    seats: dict[int, list[tuple[int, bool, bool]]] = {}
    rows = Seat.objects.filter(table__evening=evening, round=1).values_list(
        "table_id", "registration_id", "registration__facilitator", "registration__arrived_at"
    )
    for table, registration, facilitator, arrived in rows:
        seats.setdefault(table, []).append((registration, facilitator, arrived is not None))
    return [_door_table(evening, table, seats.get(table.pk, []), held) for table in tables]


def _door_table(
    evening: Evening, table: Table, seats: list[tuple[int, bool, bool]], held: set[int]
) -> DoorTable:
    holding_here = [seat for seat in seats if seat[0] in held]
    return DoorTable(
        table,
        tuple(challenge.short for challenge in table.challenges.all()),
        len(holding_here),
        sum(here for _, _, here in seats),
        max(0, evening.seats_max - len(holding_here)),
        sum(facilitator for _, facilitator, _ in holding_here),
        sum(facilitator and here for _, facilitator, here in holding_here),
    )
