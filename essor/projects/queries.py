"""Reads about projects: the board, who belongs to one, what waits for the hosts."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from essor.people.models import Person
from essor.projects.models import Hosting, LeaderCall, Membership, Project
from essor.projects.stages import Way, way_of
from essor.projects.states import Condition, Kind
from essor.territories.models import Territory, Theme

SOON = timedelta(days=60)
"""How long before its last day a hosting asks what comes next."""
Narrow = Callable[[Way], Q]
FILTERS: dict[str, tuple[Any, Narrow]] = {
    "all": (_("All"), lambda way: Q()),
    "leader-wanted": (_("Leader wanted"), lambda way: Q(leader_wanted=True) & _awake()),
    "sheets": (_("Sheets and groups"), lambda way: _at(way, Kind.SHEET, Kind.GROUP)),
    "studies": (_("Being studied"), lambda way: _at(way, Kind.OPPORTUNITY, Kind.FEASIBILITY)),
    "growing": (_("In incubation"), lambda way: _at(way, Kind.INCUBATION, Kind.LANDING)),
    "launched": (_("Launched"), lambda way: _at(way, Kind.LAUNCHED, Kind.TAKEN_OFF)),
    "resting": (_("Asleep, merged or stopped"), lambda way: ~_awake()),
}
"""The board's links, in order: the word shown, and what they keep."""


def _awake() -> Q:
    return Q(condition=Condition.AWAKE)


def _at(way: Way, *likes: str) -> Q:
    return Q(stage__in=way.keys_like(*likes)) & _awake()


def board(
    territory: Territory, *, show: str = "all", theme: str = "", way: Way | None = None
) -> QuerySet[Project]:
    """Published projects of a territory, latest first; unknown filters keep everything."""
    narrow = FILTERS.get(show, FILTERS["all"])[1]
    kept = narrow(way or way_of(territory))
    found = Project.objects.filter(kept, territory=territory, published_at__isnull=False)
    if theme:
        found = found.filter(themes__code=theme).distinct()
    return found.prefetch_related("themes").order_by("-published_at", "-id")


def themes_on_board(territory: Territory) -> list[Theme]:
    """Themes that at least one published project of the territory has."""
    return list(
        Theme.objects.filter(
            project__territory=territory, project__published_at__isnull=False
        ).distinct()
    )


def membership_of(project: Project, person: Person | None) -> Membership | None:
    if person is None:
        return None
    return Membership.objects.filter(project=project, person=person).first()


def followers(project: Project) -> int:
    return Membership.objects.filter(project=project, follows=True).count()


def leaders_wanted(territory: Territory) -> QuerySet[Project]:
    return board(territory, show="leader-wanted", way=Way(()))  # whatever the stage


def to_settle(territory: Territory, today: date) -> QuerySet[Project]:
    """What waits for a host's word, oldest first, in one query.

    Handed in without a title (a photograph of the paper, say); a call for a leader whose last day
    has passed (``call_closed``) while nobody was chosen; a hosting (``host_name``) whose last day
    (``host_until``) has come or comes within ``SOON``.
    """
    calls = LeaderCall.objects.filter(project=OuterRef("pk"), ended_at=None, closes_on__lt=today)
    hostings = Hosting.objects.filter(
        project=OuterRef("pk"), ended_at=None, until__lte=today + SOON
    ).order_by("until", "id")
    closed = Subquery(calls.order_by("id").values("closes_on")[:1])
    waiting = Q(title="") | Q(call_closed__isnull=False) & _awake() | Q(host_until__isnull=False)
    return (
        Project.objects.filter(territory=territory, published_at__isnull=False)
        .annotate(
            call_closed=closed,
            host_name=Subquery(hostings.values("name")[:1]),
            host_until=Subquery(hostings.values("until")[:1]),
        )
        .filter(waiting)
        .order_by("published_at", "id")
    )


def projects_at(territory: Territory) -> dict[str, int]:
    """How many projects of the territory stand at each stage, by its key."""
    counts = Project.objects.filter(territory=territory).values_list("stage").annotate(Count("id"))
    return dict(counts.order_by("stage"))
