"""Reads about private rooms: the budget with its sums, links and how often they were opened, pledges."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Max, Q, Sum

from essor.exchanges.states import DONE, HOLDING, LIVING, State
from essor.kit.small_numbers import shown
from essor.projects.models import Project
from essor.support.models import BudgetLine, Pledge, PrivateRoom, RoomLink
from essor.support.money import euros

MOST_PLEDGES = 200
QUARTERS = 4


@dataclass(frozen=True, slots=True)
class Amounts:
    """Euros of one line, or of all: ``pledged`` lives or was kept; ``kept`` is a part of it."""

    needed: int
    found: int
    pledged: int
    kept: int

    @property
    def left(self) -> int:
        return max(self.needed - self.found - self.pledged, 0)

    @property
    def said(self) -> dict[str, str]:
        """The same in words."""
        names = ("needed", "found", "pledged", "kept", "left")
        return {name: euros(getattr(self, name)) for name in names}


@dataclass(frozen=True, slots=True)
class Budget:
    """What a project needs and what is found: each line with its amounts, and all of them.

    ``free`` is pledged to the project without a line; it counts in ``whole`` beside what is needed.
    """

    lines: list[tuple[BudgetLine, Amounts]]
    whole: Amounts
    free: int

    @property
    def free_said(self) -> str:
        return euros(self.free)


def budget_of(room: PrivateRoom) -> Budget:
    """Two queries, however many pledges there are."""
    rows = Pledge.objects.filter(room=room, commitment__state__in=HOLDING, amount__isnull=False)
    sums = rows.order_by().values("line").annotate(
        pledged=Sum("amount"), kept=Sum("amount", filter=Q(commitment__state__in=DONE))
    )  # fmt: skip
    by_line: dict[int | None, tuple[int, int]] = {
        each["line"]: (each["pledged"], each["kept"] or 0) for each in sums
    }
    free, free_kept = by_line.get(None, (0, 0))
    lines = []
    for line in room.lines.order_by("id"):
        kept = by_line.get(line.pk, (0, 0))[1]
        lines.append((line, Amounts(line.needed, line.found, line.held, kept)))
    whole = Amounts(
        sum(each.needed for _line, each in lines),
        sum(each.found for _line, each in lines),
        sum(each.pledged for _line, each in lines) + free,
        sum(each.kept for _line, each in lines) + free_kept,
    )
    return Budget(lines, whole, free)


def pledges_of(room: PrivateRoom) -> list[Pledge]:
    """Pledges to the project, what waits for its answer first, then latest first."""
    found = Pledge.objects.filter(room=room).select_related("commitment__person", "line")
    pledges = list(found.order_by("-commitment__created_at", "-id")[:MOST_PLEDGES])
    rank = {State.PROMISED: 0, State.ACCEPTED: 1}
    return sorted(pledges, key=lambda each: rank.get(State(each.commitment.state), 2))


def waiting_pledges(project: Project) -> int:
    """How many pledges the project has not answered."""
    return Pledge.objects.filter(room__project=project, commitment__state=State.PROMISED).count()


def links_of(room: PrivateRoom, today: date) -> tuple[list[RoomLink], list[RoomLink]]:
    """Links that open now, and those that ended; each with ``opened`` and ``last_opened``."""
    counted = RoomLink.objects.filter(room=room).annotate(
        opened=Count("openings"), last_opened=Max("openings__at")
    )
    links: list[RoomLink] = list(counted.order_by("-made_at", "-id"))
    living = [each for each in links if each.revoked_at is None and each.until >= today]
    return living, [each for each in links if each not in living]


@dataclass(frozen=True, slots=True)
class PublicSum:
    """What the project's page says: quarters found (0 to 4), or the sum in words."""

    needed: str
    quarters: int
    found: str = ""


def public_sum(room: PrivateRoom) -> PublicSum | None:
    """What leaders chose to show to everybody; None: nothing.

    The sum itself shows from ten pledges on: below, it would tell what one person gave, and the
    quarters stand in its place.
    """
    if room.sum_shown == PrivateRoom.Sum.ROOM or not room.is_open:
        return None
    whole = budget_of(room).whole
    if not whole.needed:
        return None
    there = min(whole.found + whole.pledged, whole.needed)
    quarters = there * QUARTERS // whole.needed
    number = Pledge.objects.filter(room=room, commitment__state__in=HOLDING).count()
    exact = room.sum_shown == PrivateRoom.Sum.TOTAL and shown(number) is not None
    return PublicSum(euros(whole.needed), quarters, euros(there) if exact else "")


def living_pledges(**which: object) -> list[Pledge]:
    """Pledges that were neither kept nor released."""
    found = Pledge.objects.filter(commitment__state__in=LIVING, **which)
    return list(found.select_related("commitment__territory", "room__project").order_by("id"))
