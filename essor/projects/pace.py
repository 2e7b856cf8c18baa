"""How long projects of a territory stay at each stage, and which are silent for long, from the ledger.

Thinking is in ``essor.algos.pace``; here visits to stages become its spells. A visit is over when
the project moves on. Whatever else ends it (a step back, a stop, a merge) cuts it, as today does;
sleep counts as time. A project known from public sources counts from the first move made here.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from essor.algos.later import Later
from essor.ledger.models import Entry
from essor.projects.models import Project, StageChange
from essor.projects.stages import Stage, Way, way_of
from essor.projects.states import Condition
from essor.territories.models import Territory

if TYPE_CHECKING:
    from essor.algos import pace as thinking
else:
    thinking = Later("essor.algos.pace")

DAY = timedelta(days=1)
LEAST = 8
"""The same as ``essor.algos.pace.LEAST``, without loading it."""
NO_SIGN = ("followed", "unfollowed", "sheet_opened", "example_marked")
"""Lines about a project that say nothing of its own life."""
Signs = Callable[[list[Project]], Iterable[tuple[int, datetime]]]
_also: list[Signs] = []


def lives_too(signs: Signs) -> None:
    """Let an upper room tell of further signs of life, as (project's key, when)."""
    _also.append(signs)


@dataclass(frozen=True, slots=True)
class Visit:
    """A project's time at a stage; ``until`` is None while it is there."""

    project: Project
    stage: str
    since: datetime
    until: datetime | None = None
    moved_on: bool = False


@dataclass(frozen=True, slots=True)
class StagePace:
    """One stage with what may be said of it; ``pace`` is None below eight projects."""

    stage: Stage
    projects: int
    pace: "thinking.Pace | None"


@dataclass(frozen=True, slots=True)
class Silent:
    """A project under way, silent for so many days, and the share that was never silent so long.

    ``share`` is None where fewer than ``LEAST`` others were at its stage.
    """

    project: Project
    days: int
    stage: Stage
    share: float | None
    last: datetime


def visits_of(territory: Territory, way: Way, at: datetime) -> list[Visit]:
    """Every visit of a published project to a stage, as known at ``at``, in two queries."""
    projects = Project.objects.filter(territory=territory, published_at__lte=at)
    moves: dict[int, list[StageChange]] = defaultdict(list)
    for move in StageChange.objects.filter(project__in=projects).order_by("at", "id"):
        moves[move.project_id].append(move)
    found = []
    for project in projects.order_by("id"):
        project.territory = territory
        found += list(_visits(project, moves[project.pk], way, at))
    return found


def _visits(project: Project, moves: list[StageChange], way: Way, at: datetime) -> Iterable[Visit]:
    born = None if project.sut_link else project.published_at
    stage = Project.Stage.SHEET.value if moves or born is None else project.stage
    since, resting = born, False
    for move in (each for each in moves if each.at <= at):
        if since is not None and move.stage != stage:
            onward = way.stage(move.stage).place > way.stage(stage).place
            yield Visit(project, stage, since, move.at, onward)
            since = None
        if move.condition in {Condition.STOPPED, Condition.MERGED}:
            if since is not None:
                yield Visit(project, stage, since, move.at)
            since, resting = None, True
        elif since is None or resting:
            since, resting = move.at, False
        stage = move.stage
    if since is not None:
        yield Visit(project, stage, since)


def stage_paces(territory: Territory, at: datetime) -> list[StagePace]:
    """How long projects stay at each stage of the territory, in the order of the way."""
    way = way_of(territory)
    by_stage: dict[str, list[Visit]] = defaultdict(list)
    for visit in visits_of(territory, way, at):
        by_stage[visit.stage].append(visit)
    found = []
    for stage in way.stages:
        visits = by_stage[stage.key]
        projects = len({visit.project.pk for visit in visits})
        spells = [
            thinking.Spell(((each.until or at) - each.since) / DAY, each.moved_on)
            for each in visits
        ]
        found.append(StagePace(stage, projects, thinking.pace(spells, projects)))
    return found


def silent_for_long(territory: Territory, at: datetime) -> list[Silent]:
    """Projects under way that are silent for longer than nine of ten others at their stage.

    The longest silent first; see ``silences``.
    """
    most = thinking.MOST
    return [
        each for each in silences(territory, at) if each.share is not None and each.share >= most
    ]


def silences(territory: Territory, at: datetime) -> list[Silent]:
    """Since when each project under way gave no sign, beside the others at its stage.

    The longest silent first. Four queries and those of upper rooms. Each project counts once, with
    its longest silence at the stage; while it is there, that silence may still grow.
    """
    way = way_of(territory)
    visits = visits_of(territory, way, at)
    signs = _signs_of_life({visit.project.pk: visit.project for visit in visits})
    longest: dict[str, dict[int, thinking.Spell]] = defaultdict(dict)
    for visit in visits:
        spell = thinking.Spell(
            _longest_silence(visit, signs[visit.project.pk], at), visit.until is not None
        )
        known = longest[visit.stage].get(visit.project.pk)
        if known is None or spell.time > known.time:
            longest[visit.stage][visit.project.pk] = spell
    found = []
    for visit in visits:
        project = visit.project
        if visit.until is not None or project.condition != Condition.AWAKE:
            continue
        last = max([visit.since, *(sign for sign in signs[project.pk] if sign <= at)])
        others = [spell for pk, spell in longest[visit.stage].items() if pk != project.pk]
        share = thinking.shorter_share(others, (at - last) / DAY)
        days = (at - last) // DAY
        found.append(Silent(project, days, way.stage(visit.stage), share, last))
    return sorted(found, key=lambda each: (-each.days, each.project.pk))


def _signs_of_life(projects: dict[int, Project]) -> dict[int, list[datetime]]:
    """When each project gave a sign, by its key."""
    signs: dict[int, list[datetime]] = defaultdict(list)
    keys = {project.public_id: pk for pk, project in projects.items()}
    lines = Entry.objects.filter(of_type="project", of_id__in=keys).exclude(verb__in=NO_SIGN)
    for public_id, when in lines.order_by("id").values_list("of_id", "at"):
        signs[keys[public_id]].append(when)
    for tell in _also:
        for pk, when in tell(list(projects.values())):
            signs[pk].append(when)
    return signs


def _longest_silence(visit: Visit, signs: list[datetime], at: datetime) -> float:
    """The longest time without a sign during a visit, in days."""
    end = visit.until or at
    within = sorted(sign for sign in signs if visit.since < sign < end)
    marks = [visit.since, *within, end]
    return max((later - earlier) / DAY for earlier, later in pairwise(marks))
