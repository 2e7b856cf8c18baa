"""What all territories together know of a stage, for those with few projects of their own.

Stages compare by the house's stage that they are ``like``. A territory leans on the others as much
as its own projects leave room for (partial pooling, docs/algorithms/pace.md). Nothing is said below
eight projects in all, nor where fewer than five of them are the others': they would be read off.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django.utils import timezone

from essor.algos.later import Later
from essor.kit.small_numbers import INSIDE
from essor.projects.models import Project
from essor.projects.pace import LEAST, Visit, published_in, stays, visits_in
from essor.projects.silences import longest_silences, signs_of_life
from essor.projects.stages import Stage, Way, ways_of
from essor.territories.models import Territory

if TYPE_CHECKING:
    from essor.algos import pace as thinking
else:
    thinking = Later("essor.algos.pace")

LEARNT = 64
"""So many stages' worth of what was learnt are kept in a process."""
PERHAPS_LONG = 0.5
"""Where fewer of the others than this were silent for less, a silence is not long: no need to learn."""
LONGEST = 20 * 365.0
"""A bound beyond this many days says nothing: it is told as none."""


@dataclass(frozen=True, slots=True)
class Leaning:
    """How long half of a territory's projects stay, in days, leaning on ``projects`` of all
    ``territories`` that were at the stage; ``own`` says in percent how much its own ones decide."""

    projects: int
    territories: int
    own: int
    median: "thinking.Quantile"


@dataclass(frozen=True, slots=True)
class _Known:
    """Spells of one stage by territory (public id), and how many projects they are of."""

    spells: "Mapping[str, list[thinking.Spell]]"
    projects: Mapping[str, Sequence[int]]
    """The keys of the projects; where each has one spell, in the order of the spells."""

    @property
    def total(self) -> int:
        return sum(len(keys) for keys in self.projects.values())

    def without(self, project: int) -> "dict[str, list[thinking.Spell]]":
        """The spells of all but a project (its key), where each project has one."""
        return {
            name: [
                spell
                for key, spell in zip(self.projects[name], spells, strict=True)
                if key != project
            ]
            for name, spells in self.spells.items()
        }

    def may_be_told(self, name: str) -> bool:
        return _may_be_told(self.total, len(self.projects.get(name, ())))


def end_of_day(at: datetime) -> datetime:
    """The midnight that ends the day of ``at``, by the clock of the house."""
    tomorrow = timezone.localtime(at).date() + timedelta(days=1)
    return timezone.make_aware(datetime.combine(tomorrow, time()))


def _may_be_told(total: int, own: int) -> bool:
    return total >= LEAST and total - own >= INSIDE


@lru_cache(maxsize=LEARNT)
def _learnt(
    spells: "tuple[tuple[str, tuple[thinking.Spell, ...]], ...]",
) -> "thinking.Pooled | None":
    """What these spells teach (some 50 ms); None where nothing can be learned of them."""
    try:
        return thinking.pool({name: list(some) for name, some in spells})
    except thinking.BadSpell:
        return None


def _pooled(spells: "Mapping[str, Sequence[thinking.Spell]]") -> "thinking.Pooled | None":
    return _learnt(tuple((name, tuple(some)) for name, some in sorted(spells.items())))


class Network:
    """All territories on one day. Read when it is first asked, and then kept: a job that looks
    at many territories makes one. Four queries for stays, one more and those of upper rooms for
    silences, however many territories there are.

    Its days are whole, today's included: what one page learnt holds for every other until midnight,
    unless a project moved meanwhile.
    """

    def __init__(self, at: datetime) -> None:
        self.at = end_of_day(at)

    def stay(self, territory: Territory, stage: Stage) -> Leaning | None:
        """How long projects of the territory stay at the stage; None where too little is known."""
        name, known = territory.public_id, self._stays.get(stage.like)
        pooled = self._pool(known, name)
        if known is None or pooled is None:
            return None
        found = pooled.quantile(name, 0.5)
        low, high = (each if each and each < LONGEST else None for each in (found.low, found.high))
        time = found.time if found.time and found.time < LONGEST else None
        own = round(100 * pooled.own_weight(name))
        count = sum(1 for projects in known.projects.values() if projects)
        median = thinking.Quantile(time, low, high)
        return Leaning(known.total, count, own, median)

    def shorter_share(
        self, territory: Territory, project: int, stage: Stage, days: float
    ) -> float | None:
        """The share of others that were never silent for so long at the stage.

        A project (its key) does not judge itself: what the others have in common is learned without it (some
        50 ms), unless half of them were silent for longer anyway.
        """
        name = territory.public_id
        if not self._knows(stage.like, name):
            return None
        others = self._silences[stage.like].without(project)
        times = [spell.time for spells in others.values() for spell in spells]
        shorter = sum(time < days for time in times) / len(times)
        if shorter < PERHAPS_LONG:
            return shorter
        pooled = _pooled(others)
        return None if pooled is None else 1 - pooled.share_left(name, days)

    def _pool(self, known: _Known | None, name: str) -> "thinking.Pooled | None":
        if known is None or not known.may_be_told(name):
            return None
        return _pooled(known.spells)

    def _knows(self, like: str, name: str) -> bool:
        """Whether enough were at the stage; signs of life are not read where there were too few."""
        counts = self._counts.get(like, {})
        return _may_be_told(sum(counts.values()), counts.get(name, 0))

    @cached_property
    def _counts(self) -> dict[str, dict[str, int]]:
        """How many projects were at a stage, by the stage that it is like, then by territory."""
        return {
            like: {name: len({v.project.pk for v in some}) for name, some in by_territory.items()}
            for like, by_territory in self._visits.items()
        }

    @cached_property
    def _ways(self) -> dict[Territory, Way]:
        return ways_of(Territory.objects.filter(rehearsal=False).order_by("id"))

    @cached_property
    def _projects(self) -> QuerySet[Project]:
        return published_in([territory.pk for territory in self._ways], self.at)

    @cached_property
    def _visits(self) -> dict[str, dict[str, list[Visit]]]:
        """By the stage that it is like, then by territory."""
        found: dict[str, dict[str, list[Visit]]] = defaultdict(lambda: defaultdict(list))
        names = {territory.pk: territory.public_id for territory in self._ways}
        ways = {territory.pk: way for territory, way in self._ways.items()}
        for visit in visits_in(ways, self._projects, self.at):
            key = visit.project.territory_id
            found[ways[key].stage(visit.stage).like][names[key]].append(visit)
        return found

    @cached_property
    def _stays(self) -> dict[str, _Known]:
        return {
            like: _Known(
                {name: stays(visits, self.at) for name, visits in by_territory.items()},
                {name: list({v.project.pk for v in some}) for name, some in by_territory.items()},
            )
            for like, by_territory in self._visits.items()
        }

    @cached_property
    def _silences(self) -> dict[str, _Known]:
        every = [v for some in self._visits.values() for visits in some.values() for v in visits]
        signs = signs_of_life(self._projects, every)
        found = {}
        for like, by_territory in self._visits.items():
            longest = {
                name: longest_silences(visits, signs, self.at)
                for name, visits in by_territory.items()
            }
            found[like] = _Known(
                {name: list(some.values()) for name, some in longest.items()},
                {name: list(some) for name, some in longest.items()},
            )
        return found
