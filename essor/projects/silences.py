"""Which projects are silent for long, from what the ledger and the upper rooms tell of their lives.

Thinking is in ``essor.algos.pace``; visits to stages come from ``essor.projects.pace``.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from essor.algos.later import Later
from essor.ledger.models import Entry
from essor.projects.models import Project
from essor.projects.pace import DAY, Visit, Walked
from essor.projects.stages import Stage
from essor.projects.states import Condition

if TYPE_CHECKING:
    from essor.algos import pace as thinking
    from essor.projects.network_pace import Network
else:
    thinking = Later("essor.algos.pace")

NO_SIGN = ("followed", "unfollowed", "sheet_opened", "example_marked")
"""Lines about a project that say nothing of its own life."""
Signs = Callable[[QuerySet[Project]], Iterable[tuple[int, datetime]]]
_also: list[Signs] = []
_lives_by: set[str] = set()


def lives_too(signs: Signs) -> None:
    """Let an upper room tell of further signs of life, as (project's key, when)."""
    _also.append(signs)


def lives_by(*verbs: str) -> None:
    """Count lines of an upper room with these verbs, which are part of a project, as its signs."""
    _lives_by.update(verbs)


@dataclass(frozen=True, slots=True)
class Silence:
    """A project under way (its key), silent for so many days, and the share that was never so long.

    ``share`` is None where fewer than ``LEAST`` others were at its stage, here and, where it leans
    on them (``leaning``), in all territories together.
    """

    key: int
    days: int
    stage: Stage
    share: float | None
    last: datetime
    leaning: bool


@dataclass(frozen=True, slots=True)
class Silent:
    """A silence with its project."""

    project: Project
    silence: Silence


def named(silences: Sequence[Silence]) -> list[Silent]:
    """These silences with their projects, in the same order; one query."""
    projects = Project.objects.in_bulk([each.key for each in silences])
    return [Silent(projects[each.key], each) for each in silences if each.key in projects]


def silent_for_long(walked: Walked, network: "Network | None" = None) -> list[Silence]:
    """Projects under way that are silent for longer than nine of ten others at their stage.

    The longest silent first; see ``silences``.
    """
    most = thinking.MOST
    found = silences(walked, network)
    return [each for each in found if each.share is not None and each.share >= most]


def silences(walked: Walked, network: "Network | None" = None) -> list[Silence]:
    """Since when each project under way gave no sign, beside the others at its stage.

    The longest silent first. Two queries and those of upper rooms. Each project counts once, with
    its longest silence at the stage; while it is there, that silence may still grow. With a
    ``network``, a stage where few others were leans on all territories.
    """
    at = walked.at
    visits = [each for some in walked.by_stage.values() for each in some]
    signs = signs_of_life(walked.projects, visits)
    found = []
    for key, some in walked.by_stage.items():
        stage, longest = walked.way.stage(key), longest_silences(some, signs, at)
        since = _last_signs(some, signs, at)
        shares = _shares(since, longest, at)
        for pk, last in since.items():
            share, leaning = shares[pk], False
            if share is None and network is not None:
                share = network.shorter_share(walked.territory, pk, stage, (at - last) / DAY)
                leaning = share is not None
            found.append(Silence(pk, (at - last) // DAY, stage, share, last, leaning))
    return sorted(found, key=lambda each: (-each.days, each.key))


def _last_signs(
    visits: Iterable[Visit], signs: Mapping[int, list[datetime]], at: datetime
) -> dict[int, datetime]:
    """When each project (by its key) that is awake and still there gave its last sign."""
    found = {}
    for project, _stage, since, until, _on in visits:
        if until is None and project.condition == Condition.AWAKE:
            known = (sign for sign in signs.get(project.pk, ()) if sign <= at)
            found[project.pk] = max(since, max(known, default=since))
    return found


def _shares(
    since: Mapping[int, datetime], longest: "Mapping[int, thinking.Spell]", at: datetime
) -> dict[int, float | None]:
    """Of each project's key, the share of the others at its stage that were silent less long."""
    place = {pk: number for number, pk in enumerate(longest)}
    asked = [(place[pk], (at - last) / DAY) for pk, last in since.items()]
    told = thinking.shorter_shares(list(longest.values()), asked)
    return dict(zip(since, told, strict=True))


def longest_silences(
    visits: Iterable[Visit], signs: Mapping[int, list[datetime]], at: datetime
) -> "dict[int, thinking.Spell]":
    """The longest silence of each project (by its key) during these visits to one stage."""
    make = thinking.Spell
    longest: dict[int, thinking.Spell] = {}
    for visit in visits:
        pk = visit.project.pk
        silence = _longest_silence(visit, signs.get(pk, ()), at)
        known = longest.get(pk)
        if known is None or silence > known.time:
            longest[pk] = make(silence, visit.until is not None)
    return longest


def signs_of_life(
    projects: QuerySet[Project], visits: Iterable[Visit]
) -> dict[int, list[datetime]]:
    """When each of these projects gave a sign, by its key; ``visits`` are all of theirs."""
    keys = {visit.project.public_id: visit.project.pk for visit in visits}
    signs: dict[int, list[datetime]] = defaultdict(list)
    ids = projects.values("public_id")
    lines = Entry.objects.filter(of_type="project", of_id__in=ids).exclude(verb__in=NO_SIGN)
    parts = Entry.objects.filter(part_of__in=ids, verb__in=_lives_by)
    for told, which in ((lines, "of_id"), (parts, "part_of")):
        for public_id, when in told.values_list(which, "at").iterator():
            if public_id in keys:
                signs[keys[public_id]].append(when)
    for tell in _also:
        for pk, when in tell(projects):
            signs[pk].append(when)
    return signs


def _longest_silence(visit: Visit, signs: Iterable[datetime], at: datetime) -> float:
    """The longest time without a sign during a visit, in days."""
    end = visit.until or at
    within = sorted(sign for sign in signs if visit.since < sign < end)
    if not within:
        return (end - visit.since) / DAY
    marks = [visit.since, *within, end]
    return max((later - earlier) / DAY for earlier, later in pairwise(marks))
