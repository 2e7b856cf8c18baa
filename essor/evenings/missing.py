"""Who is missing: what is shown of the counts, and which spheres to invite.

Inside, nothing below 5 is shown, in public nothing below 10, each with complementary hiding
(``kit.small_numbers``). A sphere is *missing* when its share of those who are registered so far
is clearly below the share that the territory hopes for; without targets, when it is nearly absent.
"""

import math
from dataclasses import dataclass
from datetime import datetime

from essor.evenings.models import Evening
from essor.evenings.queries.attendance import Attendance, SphereShare
from essor.kit.pieces import Count
from essor.kit.small_numbers import shown, shown_list
from essor.people.models import Sphere

CLEARLY_BELOW = 0.6  # of the hoped share: a table of ten less or more is chance, not absence
NEARLY_ABSENT = 0.03  # of everybody, where the territory set no target
ENOUGH_TO_TELL = 20  # people; before, every sphere but the first to register would be "missing"


@dataclass(frozen=True, slots=True)
class WhoComes:
    """What a page may show. ``few``: spheres whose number is hidden. ``total``: None if hidden."""

    counts: list[Count]
    few: list[Sphere]
    missing: list[Sphere]
    total: int | None
    at: datetime


def who_comes(evening: Evening, attendance: Attendance, at_least: int) -> WhoComes:
    """The sphere bar of ``evening`` with nothing below ``at_least``."""
    parts = {share.sphere.pk: share.people for share in attendance.spheres}
    seen = shown_list({**parts, 0: attendance.without_sphere}, least=at_least)
    aim = evening.capacity or attendance.total
    return WhoComes(
        counts=[
            Count(share.sphere, seen[share.sphere.pk] or 0, hoped(share, aim))
            for share in attendance.spheres
            if seen[share.sphere.pk] is not None
        ],
        few=[s.sphere for s in attendance.spheres if seen[s.sphere.pk] is None],
        missing=[s.sphere for s in attendance.spheres if is_missing(s, attendance)],
        total=shown(attendance.total, least=at_least),
        at=attendance.at,
    )


def hoped(share: SphereShare, aim: int) -> int | None:
    """How many people of this sphere the territory hopes for at an evening of ``aim`` people."""
    if share.percent is None:
        return None
    return math.ceil(share.percent * aim / 100)


def is_missing(share: SphereShare, attendance: Attendance) -> bool:
    """Clearly fewer than hoped among those who are registered so far."""
    if attendance.total < ENOUGH_TO_TELL:
        return False
    here = share.people / attendance.total
    if any(other.percent for other in attendance.spheres):
        return here < CLEARLY_BELOW * (share.percent or 0) / 100
    return here < NEARLY_ABSENT


def shown_parts(counts: dict[str, int], *, most: int, at_least: int) -> tuple[dict[str, int], int]:
    """The largest ``most`` parts that may be shown, and how many parts are not shown."""
    largest = dict(sorted(counts.items(), key=lambda part: -part[1])[:most])
    others = sum(counts.values()) - sum(largest.values())
    seen = shown_list({**largest, None: others} if others else largest, least=at_least)
    visible = {part: n for part in largest if (n := seen[part]) is not None}
    return visible, len(counts) - len(visible)
