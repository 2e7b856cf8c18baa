"""Reads about projects: the board, who belongs to one, what waits for the hosts."""

from collections.abc import Callable
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from essor.people.models import Person
from essor.projects.models import Membership, Project
from essor.projects.stages import Way, way_of
from essor.projects.states import Condition, Kind
from essor.territories.models import Territory, Theme

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


def untitled(territory: Territory) -> QuerySet[Project]:
    """Handed in without a title: a photograph of the paper, say, that nobody has typed yet."""
    return Project.objects.filter(
        territory=territory, published_at__isnull=False, title=""
    ).order_by("published_at", "id")


def projects_at(territory: Territory) -> dict[str, int]:
    """How many projects of the territory stand at each stage, by its key."""
    counts = Project.objects.filter(territory=territory).values_list("stage").annotate(Count("id"))
    return dict(counts.order_by("stage"))
