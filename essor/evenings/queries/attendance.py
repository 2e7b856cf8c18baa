"""Who will be there: counts by sphere, challenge, commune and age, with when they were counted.

The counts of the public page are kept in memory until something happens in the evening: the key
is the last line of its stream in the ledger, so they are never old and cost one short read.
"""

from dataclasses import dataclass
from datetime import datetime

from django.core.cache import cache
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from essor.evenings.models import Choice, Evening, Registration
from essor.ledger.models import Entry
from essor.people.models import Sphere
from essor.territories.models import SphereTarget

KEPT = 3600
FEW = 12
"""Lines that tell whether something happened: PostgreSQL may show a later one first."""
COMING = Q(state=Registration.State.REGISTERED)


@dataclass(frozen=True, slots=True)
class SphereShare:
    """How many of one sphere come; ``percent`` is what the territory hopes for, if it said."""

    sphere: Sphere
    people: int
    percent: int | None


@dataclass(frozen=True, slots=True)
class Attendance:
    """Everybody registered, by sphere and by challenge wished for (any rank), counted ``at``."""

    total: int
    spheres: list[SphereShare]
    without_sphere: int
    wanted: dict[int, int]
    at: datetime


def attendance(evening: Evening, at: datetime) -> Attendance:
    """One query while nothing happened since the last look, two more otherwise."""
    lines = Entry.objects.filter(room=evening.room).order_by("-id").values_list("id", flat=True)
    latest = "-".join(map(str, lines[:FEW]))
    key = f"attendance:{evening.public_id}:{latest}"
    found: Attendance | None = cache.get(key)
    if found is None:
        found = count_attendance(evening, at)
        cache.set(key, found, KEPT)
    return found


def count_attendance(evening: Evening, at: datetime) -> Attendance:
    """Counts afresh, in two queries whatever the number of people."""
    coming = Registration.objects.filter(COMING, evening=evening).order_by()
    target = SphereTarget.objects.filter(territory=evening.territory_id, sphere=OuterRef("pk"))
    spheres = Sphere.objects.annotate(
        percent=Subquery(target.values("percent")[:1]),
        people=_number(coming.filter(person__sphere=OuterRef("pk"))),
        without_sphere=_number(coming.filter(person__sphere=None)),
    )
    shares = [SphereShare(s, s.people, s.percent) for s in spheres]
    without = max((s.without_sphere for s in spheres), default=0)
    return Attendance(
        total=sum(share.people for share in shares) + without,
        spheres=shares,
        without_sphere=without,
        wanted=wanted(evening),
        at=at,
    )


def _number(rows: QuerySet[Registration]) -> Coalesce:
    """How many ``rows`` there are, as a subquery."""
    counted = rows.annotate(one=Value(1)).values("one").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted), 0)


def wanted(evening: Evening) -> dict[int, int]:
    """How many people put each challenge among their choices, by the challenge's primary key."""
    return dict(
        Choice.objects.filter(
            registration__evening=evening, registration__state=Registration.State.REGISTERED
        )
        .order_by()
        .values_list("challenge_id")
        .annotate(people=Count("id"))
    )


def by_commune(evening: Evening) -> dict[str, int]:
    """People by commune, most first; those who did not say under the empty name."""
    return _counted(evening, "person__commune")


def by_age(evening: Evening) -> dict[str, int]:
    """People by age band, in the order of age; those who did not say under the empty name."""
    counted = _counted(evening, "age_band")
    return {band: counted.get(band, 0) for band in [*Registration.AgeBand.values, ""]}


def _counted(evening: Evening, field: str) -> dict[str, int]:
    rows = (
        evening.registrations.filter(COMING)
        .order_by()
        .values(field)
        .annotate(people=Count("id"))
        .order_by("-people", field)
        .values_list(field, "people")
    )
    return dict(rows)
