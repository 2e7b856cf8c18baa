"""How long projects of a territory stay at each stage, from their moves.

Thinking is in ``essor.algos.pace``; here visits to stages become its spells. A visit is over when
the project moves on. Whatever else ends it (a step back, a stop, a merge) cuts it, as today does;
sleep counts as time. A project known from public sources counts from the first move made here.

Thousands of projects are looked at: of each only what matters here is read (``Brief``).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from django.db.models import QuerySet

from essor.algos.later import Later
from essor.projects.models import Project, StageChange
from essor.projects.stages import Stage, Way, way_of
from essor.projects.states import Condition
from essor.territories.models import Territory

if TYPE_CHECKING:
    from essor.algos import pace as thinking
    from essor.projects.network_pace import Leaning, Network
else:
    thinking = Later("essor.algos.pace")

DAY = timedelta(days=1)
LEAST = 8
"""The same as ``essor.algos.pace.LEAST``, without loading it."""


class Brief(NamedTuple):
    """What pace needs to know of a project."""

    pk: int
    public_id: str
    territory_id: int
    stage: str
    condition: str
    published_at: datetime
    sut_link: str


class Move(NamedTuple):
    """What pace needs to know of a change of stage."""

    stage: str
    condition: str
    at: datetime


class Visit(NamedTuple):
    """A project's time at a stage; ``until`` is None while it is there."""

    project: Brief
    stage: str
    since: datetime
    until: datetime | None = None
    moved_on: bool = False


@dataclass(frozen=True, slots=True)
class Walked:
    """The projects of a territory on its way, as known at ``at``, read once for all that is asked."""

    territory: Territory
    way: Way
    at: datetime
    projects: QuerySet[Project]
    by_stage: Mapping[str, list[Visit]]


@dataclass(frozen=True, slots=True)
class StagePace:
    """One stage with what may be said of it; ``pace`` is None below eight projects.

    ``leaning`` says then what all territories together know, where they know enough.
    """

    stage: Stage
    projects: int
    pace: "thinking.Pace | None"
    leaning: "Leaning | None" = None


def walk(territory: Territory, at: datetime) -> Walked:
    """Every visit of the territory's published projects to a stage; three queries."""
    way = way_of(territory)
    projects = published_in([territory.pk], at)
    by_stage: dict[str, list[Visit]] = defaultdict(list)
    for visit in visits_in({territory.pk: way}, projects, at):
        by_stage[visit.stage].append(visit)
    return Walked(territory, way, at, projects, by_stage)


def published_in(territories: Iterable[int], at: datetime) -> QuerySet[Project]:
    """The projects of these territories (keys) that the public knew at ``at``."""
    return Project.objects.filter(territory__in=territories, published_at__lte=at)


def visits_in(
    ways: Mapping[int, Way], projects: QuerySet[Project], at: datetime
) -> Iterator[Visit]:
    """The visits of these projects, as known at ``at``, by the ways of their territories (by key).

    Two queries.
    """
    moves: dict[int, list[Move]] = defaultdict(list)
    told = StageChange.objects.filter(project__in=projects).order_by("at", "id")
    for key, *move in told.values_list("project_id", *Move._fields).iterator():
        moves[key].append(Move(*move))
    for row in projects.order_by("id").values_list(*Brief._fields).iterator():
        project = Brief(*row)
        yield from _visits(project, moves.get(project.pk, ()), ways[project.territory_id], at)


def _visits(project: Brief, moves: Sequence[Move], way: Way, at: datetime) -> Iterator[Visit]:
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


def stage_paces(walked: Walked, network: "Network | None" = None) -> list[StagePace]:
    """How long projects stay at each stage of the territory, in the order of the way.

    With a ``network``, stages of few projects lean on all territories.
    """
    found = []
    for stage in walked.way.stages:
        visits = walked.by_stage.get(stage.key, [])
        projects = len({visit.project.pk for visit in visits})
        pace = thinking.pace(stays(visits, walked.at), projects)
        leaning = network.stay(walked.territory, stage) if network and pace is None else None
        found.append(StagePace(stage, projects, pace, leaning))
    return found


def stays(visits: Iterable[Visit], at: datetime) -> "list[thinking.Spell]":
    """How long each visit lasted, in days, and whether it ended by moving on."""
    spell = thinking.Spell
    return [spell(((each.until or at) - each.since) / DAY, each.moved_on) for each in visits]
