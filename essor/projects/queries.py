"""Reads about projects: the board, one project with all that its page shows, its journal."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from essor.ledger.models import Audience, Entry
from essor.people.models import Person
from essor.projects.models import Membership, Project, StageChange
from essor.projects.states import Condition, Stage
from essor.territories.models import Territory, Theme

JOURNAL_LENGTH = 40

Narrow = Callable[[], Q]
FILTERS: dict[str, tuple[Any, Narrow]] = {
    "all": (_("All"), Q),
    "leader-wanted": (_("Leader wanted"), lambda: Q(leader_wanted=True) & _awake()),
    "sheets": (_("Sheets and groups"), lambda: _at(Stage.SHEET, Stage.GROUP)),
    "studies": (_("Being studied"), lambda: _at(Stage.OPPORTUNITY, Stage.FEASIBILITY)),
    "growing": (_("In incubation"), lambda: _at(Stage.INCUBATION, Stage.LANDING)),
    "launched": (_("Launched"), lambda: _at(Stage.LAUNCHED, Stage.TAKEN_OFF)),
    "resting": (_("Asleep, merged or stopped"), lambda: ~_awake()),
}
"""The board's links, in order: the word shown, and what they keep."""


def _awake() -> Q:
    return Q(condition=Condition.AWAKE)


def _at(*stages: str) -> Q:
    return Q(stage__in=stages) & _awake()


def board(territory: Territory, *, show: str = "all", theme: str = "") -> QuerySet[Project]:
    """Published projects of a territory, latest first; unknown filters keep everything."""
    narrow = FILTERS.get(show, FILTERS["all"])[1]
    found = Project.objects.filter(narrow(), territory=territory, published_at__isnull=False)
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


@dataclass(frozen=True, slots=True)
class JournalLine:
    """One thing that happened to a project, with the words of the host where there are some."""

    at: datetime
    verb: str
    stage: str = ""
    condition: str = ""
    why: str = ""

    @property
    def stage_name(self) -> str:
        return str(Stage(self.stage).label) if self.stage else ""

    @property
    def condition_name(self) -> str:
        return str(Condition(self.condition).label) if self.condition else ""

    @property
    def fell(self) -> bool:
        """The condition changed, not the stage."""
        return self.verb == "condition_changed"


def journal(project: Project) -> list[JournalLine]:
    """The project's public lines, latest first, with the reasons given for changes of stage."""
    entries = list(
        Entry.objects.filter(
            of_type="project", of_id=project.public_id, audience=Audience.PUBLIC
        ).order_by("-id")[:JOURNAL_LENGTH]
    )
    reasons = dict(
        StageChange.objects.filter(project=project).values_list("pk", "why").order_by("pk")
    )
    return [_line(entry, reasons) for entry in entries]


def _line(entry: Entry, reasons: dict[int, str]) -> JournalLine:
    stage, condition = entry.data.get("stage", ""), entry.data.get("condition", "")
    verb = entry.verb
    if verb == "stage_changed" and condition != entry.data["from"]["condition"]:
        verb = "condition_changed"
    return JournalLine(
        entry.at, verb, stage, condition, reasons.get(entry.data.get("change", 0), "")
    )


def membership_of(project: Project, person: Person | None) -> Membership | None:
    if person is None:
        return None
    return Membership.objects.filter(project=project, person=person).first()


def followers(project: Project) -> int:
    return Membership.objects.filter(project=project, follows=True).count()


def leaders_wanted(territory: Territory) -> QuerySet[Project]:
    return board(territory, show="leader-wanted")


def untitled(territory: Territory) -> QuerySet[Project]:
    """Handed in without a title: a photograph of the paper, say, that nobody has typed yet."""
    return Project.objects.filter(
        territory=territory, published_at__isnull=False, title=""
    ).order_by("published_at", "id")
