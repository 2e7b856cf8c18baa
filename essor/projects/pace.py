"""How long projects of a territory stay at each stage, and which are silent for long, from the ledger.

Thinking is in ``essor.algos.pace``; here visits to stages become its spells. A visit is over when
the project moves on. Whatever else ends it (a step back, a stop, a merge) cuts it, as today does;
sleep counts as time. A project known from public sources counts from the first move made here.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
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
    from essor.projects.network_pace import Leaning, Network
else:
    thinking = Later("essor.algos.pace")

DAY = timedelta(days=1)
LEAST = 8
"""The same as ``essor.algos.pace.LEAST``, without loading it."""
NO_SIGN = ("followed", "unfollowed", "sheet_opened", "example_marked")
"""Lines about a project that say nothing of its own life."""
Signs = Callable[[list[Project]], Iterable[tuple[int, datetime]]]
_also: list[Signs] = []
_lives_by: set[str] = set()


def lives_too(signs: Signs) -> None:
    """Let an upper room tell of further signs of life, as (project's key, when)."""
    _also.append(signs)


def lives_by(*verbs: str) -> None:
    """Count lines of an upper room with these verbs, which are part of a project, as its signs."""
    _lives_by.update(verbs)


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
    """One stage with what may be said of it; ``pace`` is None below eight projects.

    ``leaning`` says then what all territories together know, where they know enough.
    """

    stage: Stage
    projects: int
    pace: "thinking.Pace | None"
    leaning: "Leaning | None" = None


@dataclass(frozen=True, slots=True)
class Silent:
    """A project under way, silent for so many days, and the share that was never silent so long.

    ``share`` is None where fewer than ``LEAST`` others were at its stage, here and, where it leans
    on them (``leaning``), in all territories together.
    """

    project: Project
    days: int
    stage: Stage
    share: float | None
    last: datetime
    leaning: bool = False


def visits_of(territory: Territory, way: Way, at: datetime) -> list[Visit]:
    """Every visit of a published project to a stage, as known at ``at``, in two queries."""
    return visits_in({territory: way}, at)


def visits_in(ways: Mapping[Territory, Way], at: datetime) -> list[Visit]:
    """The same in several territories with their ways, still in two queries."""
    here = {territory.pk: (territory, way) for territory, way in ways.items()}
    projects = Project.objects.filter(territory__in=here, published_at__lte=at)
    moves: dict[int, list[StageChange]] = defaultdict(list)
    for move in StageChange.objects.filter(project__in=projects).order_by("at", "id"):
        moves[move.project_id].append(move)
    found = []
    for project in projects.order_by("id"):
        project.territory, way = here[project.territory_id]
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


def stage_paces(
    territory: Territory, at: datetime, network: "Network | None" = None
) -> list[StagePace]:
    """How long projects stay at each stage of the territory, in the order of the way.

    With a ``network``, stages of few projects lean on all territories.
    """
    way = way_of(territory)
    by_stage = _by_stage(visits_of(territory, way, at))
    found = []
    for stage in way.stages:
        visits = by_stage.get(stage.key, [])
        projects = len({visit.project.pk for visit in visits})
        pace = thinking.pace(stays(visits, at), projects)
        leaning = network.stay(territory, stage) if network and pace is None else None
        found.append(StagePace(stage, projects, pace, leaning))
    return found


def stays(visits: Iterable[Visit], at: datetime) -> "list[thinking.Spell]":
    """How long each visit lasted, in days, and whether it ended by moving on."""
    return [
        thinking.Spell(((each.until or at) - each.since) / DAY, each.moved_on) for each in visits
    ]


def silent_for_long(
    territory: Territory, at: datetime, network: "Network | None" = None
) -> list[Silent]:
    """Projects under way that are silent for longer than nine of ten others at their stage.

    The longest silent first; see ``silences``.
    """
    most = thinking.MOST
    return [
        each
        for each in silences(territory, at, network)
        if each.share is not None and each.share >= most
    ]


def silences(territory: Territory, at: datetime, network: "Network | None" = None) -> list[Silent]:
    """Since when each project under way gave no sign, beside the others at its stage.

    The longest silent first. Five queries and those of upper rooms. Each project counts once, with
    its longest silence at the stage; while it is there, that silence may still grow. With a ``network``,
    a stage where few others were leans on all territories.
    """
    way = way_of(territory)
    visits = visits_of(territory, way, at)
    signs = signs_of_life(visits)
    longest = {
        stage: longest_silences(some, signs, at) for stage, some in _by_stage(visits).items()
    }
    quiet = [each for each in visits if each.until is None]
    quiet = [each for each in quiet if each.project.condition == Condition.AWAKE]
    since = {
        each.project.pk: max([each.since, *(sign for sign in signs[each.project.pk] if sign <= at)])
        for each in quiet
    }
    shares = _shares(quiet, longest, since, at)
    found = []
    for visit in quiet:
        project, last = visit.project, since[visit.project.pk]
        share = shares[project.pk]
        stage, leaning = way.stage(visit.stage), False
        if share is None and network is not None:
            share = network.shorter_share(project, stage, (at - last) / DAY)
            leaning = share is not None
        found.append(Silent(project, (at - last) // DAY, stage, share, last, leaning))
    return sorted(found, key=lambda each: (-each.days, each.project.pk))


def _shares(
    quiet: Iterable[Visit],
    longest: "Mapping[str, Mapping[int, thinking.Spell]]",
    since: Mapping[int, datetime],
    at: datetime,
) -> dict[int, float | None]:
    """Of each project's key, the share of the others at its stage that were silent less long."""
    shares = dict[int, float | None]()
    for stage, some in _by_stage(quiet).items():
        place = {pk: number for number, pk in enumerate(longest[stage])}
        keys = [each.project.pk for each in some]
        asked = [(place[pk], (at - since[pk]) / DAY) for pk in keys]
        told = thinking.shorter_shares(list(longest[stage].values()), asked)
        shares.update(zip(keys, told, strict=True))
    return shares


def _by_stage(visits: Iterable[Visit]) -> dict[str, list[Visit]]:
    found: dict[str, list[Visit]] = defaultdict(list)
    for visit in visits:
        found[visit.stage].append(visit)
    return found


def longest_silences(
    visits: Iterable[Visit], signs: Mapping[int, list[datetime]], at: datetime
) -> "dict[int, thinking.Spell]":
    """The longest silence of each project (by its key) during these visits to one stage."""
    longest: dict[int, thinking.Spell] = {}
    for visit in visits:
        silence = _longest_silence(visit, signs[visit.project.pk], at)
        spell = thinking.Spell(silence, visit.until is not None)
        known = longest.get(visit.project.pk)
        if known is None or spell.time > known.time:
            longest[visit.project.pk] = spell
    return longest


def signs_of_life(visits: Iterable[Visit]) -> dict[int, list[datetime]]:
    """When each project of these visits gave a sign, by its key."""
    projects = {visit.project.pk: visit.project for visit in visits}
    signs: dict[int, list[datetime]] = defaultdict(list)
    keys = {project.public_id: pk for pk, project in projects.items()}
    lines = Entry.objects.filter(of_type="project", of_id__in=keys).exclude(verb__in=NO_SIGN)
    parts = Entry.objects.filter(part_of__in=keys, verb__in=_lives_by)
    for told, which in ((lines, "of_id"), (parts, "part_of")):
        for public_id, when in told.order_by("id").values_list(which, "at"):
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
