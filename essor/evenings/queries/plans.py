"""What the plan pages show, read in a fixed number of queries however many people sit."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from essor.evenings.models import Choice, Evening, HeadCount, Plan, PlanRun, Registration, Wish
from essor.evenings.planning.figures import chance_key
from essor.people.models import Sphere


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody who comes, as the plan's pages name them."""

    pk: int
    public_id: str
    name: str
    sphere: Sphere | None
    facilitator: bool
    arrived: bool
    remote: bool = False


@dataclass(frozen=True, slots=True)
class OpenTable:
    """A table that the plan opens: its guests, and how many spheres meet there."""

    number: str
    topics: tuple[str, ...]
    guests: tuple[Guest, ...]
    seats_max: int
    spheres: int
    chance: tuple[float, ...]

    @property
    def remote(self) -> bool:
        """Whether its people take part from a distance."""
        return any(guest.remote for guest in self.guests)

    @property
    def people(self) -> int:
        return len(self.guests)

    @property
    def free(self) -> int:
        return max(0, self.seats_max - len(self.guests))

    @property
    def seats(self) -> list[Sphere | None]:
        """The spheres around the table, facilitators first, then free seats."""
        return [*(guest.sphere for guest in self.guests), *[None] * self.free]

    @property
    def facilitators(self) -> list[Guest]:
        return [guest for guest in self.guests if guest.facilitator]


@dataclass(frozen=True, slots=True)
class Room:
    """A plan as its page shows it: open tables, and who has no seat in it."""

    tables: tuple[OpenTable, ...]
    unseated: tuple[Guest, ...]
    guests: dict[str, Guest]
    topics: dict[str, str]

    def table(self, number: str) -> OpenTable | None:
        return next((table for table in self.tables if table.number == number), None)

    def table_of(self, public_id: str) -> OpenTable | None:
        return next(
            (t for t in self.tables if any(g.public_id == public_id for g in t.guests)), None
        )

    @property
    def names(self) -> dict[str, str]:
        """What people and challenges are called, by public id."""
        return {**self.topics, **{key: guest.name for key, guest in self.guests.items()}}


def guests_of(evening: Evening) -> dict[str, Guest]:
    """Everybody registered, by public id, in the order of their names. Two queries."""
    spheres = {sphere.pk: sphere for sphere in Sphere.objects.all()}
    rows = (
        Registration.objects.filter(evening=evening, state=Registration.State.REGISTERED)
        .order_by("person__first_name", "person__last_name", "id")
        .values_list("pk", "public_id", "person__first_name", "person__last_name",
                     "person__sphere_id", "facilitator", "arrived_at", "remote")
    )  # fmt: skip
    return {
        key: Guest(
            pk, key, f"{first} {last}".strip(), spheres.get(sphere), facilitator, bool(arrived), far
        )
        for pk, key, first, last, sphere, facilitator, arrived, far in rows
    }


def topics_of(evening: Evening) -> dict[str, str]:
    """The short names of the evening's challenges, by public id."""
    return dict(evening.challenges.order_by("id").values_list("public_id", "short"))


def room_of(evening: Evening, plan: Plan | None, round: int = 0) -> Room:
    """The plan in one of its rounds (from 0), true to who is registered now. Three queries."""
    guests, topics = guests_of(evening), topics_of(evening)
    rounds = plan.document["rounds"] if plan else []
    seatings = rounds[round] if round < len(rounds) else []
    chance_at = plan.proof.get("chance_at", {}) if plan else {}
    tables = [_table(seating, guests, topics, evening.seats_max, chance_at) for seating in seatings]
    seated = {guest.public_id for table in tables for guest in table.guests}
    return Room(
        tuple(sorted((t for t in tables if t.guests), key=lambda table: int(table.number))),
        tuple(guest for key, guest in guests.items() if key not in seated),
        guests,
        topics,
    )


def _table(
    seating: dict[str, Any],
    guests: dict[str, Guest],
    topics: dict[str, str],
    seats_max: int,
    chance_at: dict[str, list[float]],
) -> OpenTable:
    sitting = [guests[key] for key in seating["people"] if key in guests]
    sitting.sort(key=lambda guest: not guest.facilitator)
    far = any(guest.remote for guest in sitting)
    return OpenTable(
        number=seating["table"],
        topics=tuple(topics[key] for key in seating["challenges"] if key in topics),
        guests=tuple(sitting),
        seats_max=seats_max,
        spheres=len({guest.sphere.pk for guest in sitting if guest.sphere}),
        chance=tuple(chance_at.get(chance_key(len(sitting), far), ())),
    )


def ranks_at(table: OpenTable, challenges: Iterable[str], evening: Evening) -> dict[int, int]:
    """The best rank of choice (1 first) that each guest of ``table`` finds there; by registration.

    0: none of the choices; absent: no choice was made, or it does not count (facilitators).
    """
    here = set(challenges)
    ranks: dict[int, int] = {}
    rows = Choice.objects.filter(
        registration__in=[guest.pk for guest in table.guests if not guest.facilitator],
        registration__surprise=False,
        challenge__evenings=evening,
    ).order_by("rank")
    for registration, topic, rank in rows.values_list(
        "registration_id", "challenge__public_id", "rank"
    ):
        found = ranks.setdefault(registration, 0)
        if topic in here and not found:
            ranks[registration] = rank
    return ranks


def wishes_at(table: OpenTable) -> dict[str, list[str]]:
    """Who at ``table`` sits with somebody as wished: public ids by public id."""
    pks = [guest.pk for guest in table.guests]
    rows = Wish.objects.filter(
        kind=Wish.Kind.TOGETHER, registration__in=pks, other__in=pks
    ).values_list("registration__public_id", "other__public_id")
    met: dict[str, list[str]] = {}
    for one, other in rows:
        met.setdefault(one, []).append(other)
        met.setdefault(other, []).append(one)
    return {key: list(dict.fromkeys(others)) for key, others in met.items()}


def latest_run(evening: Evening) -> PlanRun | None:
    return PlanRun.objects.filter(evening=evening).defer("document").first()


def redo_of(plan: Plan) -> Plan | None:
    """The plan that was last made from this one."""
    return (
        Plan.objects.filter(parent=plan).only("public_id", "change").order_by("-made_at", "-id")
    ).first()


def latest_count(evening: Evening) -> HeadCount | None:
    return HeadCount.objects.filter(evening=evening).select_related("by").first()


def plans_to_compare(evening: Evening) -> list[Plan]:
    """The plan in hand, the published one and those with a name, the newest first."""
    plans = Plan.objects.filter(evening=evening).defer("document").select_related("made_by")
    return [
        plan for plan in plans if plan.name or plan.in_hand or plan.state == Plan.State.PUBLISHED
    ]
