"""The way of a territory's projects: its own stages where it edited them, else the house's."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property

from django.utils.text import capfirst
from django.utils.translation import get_language

from essor.kit.prepared import Prepared
from essor.projects.house_stages import BY_KEY, HOUSE
from essor.projects.models import Project, TerritoryStage
from essor.territories.models import Territory

_of_territory = Prepared(
    lambda territory: TerritoryStage.objects.filter(territory_id=territory).order_by("place", "id"),
    int,
)


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage in the reader's language. ``like`` is the house's stage that it compares with."""

    key: str
    like: str
    place: int
    name: str
    why: str
    actions: tuple[str, ...]
    helpers: str
    proof: str
    retired: bool = False

    def __str__(self) -> str:
        return self.name

    @property
    def title(self) -> str:
        return str(capfirst(self.name))


@dataclass(frozen=True)
class Way:
    """All stages in order of their places; retired ones too, for projects that went through them."""

    everything: tuple[Stage, ...]

    @cached_property
    def stages(self) -> tuple[Stage, ...]:
        """The stages a project may enter."""
        return tuple(stage for stage in self.everything if not stage.retired)

    @cached_property
    def _by_key(self) -> dict[str, Stage]:
        return {stage.key: stage for stage in self.everything}

    def stage(self, key: str) -> Stage:
        """The stage of that key; one that nobody knows any more is told by its key."""
        known = self._by_key.get(key)
        return known or Stage(key, Project.Stage.SHEET, 0, key, "", (), "", "", retired=True)

    def onward(self, key: str) -> tuple[Stage, ...]:
        """What comes next: one stage, or the alternatives of the next place."""
        here = self.stage(key).place
        ahead = [stage.place for stage in self.stages if stage.place > here]
        return self._at(min(ahead)) if ahead else ()

    def beside(self, key: str) -> tuple[Stage, ...]:
        """The alternatives to a stage."""
        here = self.stage(key)
        return tuple(stage for stage in self._at(here.place) if stage.key != key)

    def back(self, key: str) -> tuple[Stage, ...]:
        """What came before, for those who went too fast."""
        here = self.stage(key).place
        behind = [stage.place for stage in self.stages if stage.place < here]
        return self._at(max(behind)) if behind else ()

    def _at(self, place: int) -> tuple[Stage, ...]:
        return tuple(stage for stage in self.stages if stage.place == place)

    def keys_like(self, *likes: str) -> list[str]:
        """The keys of stages that compare with these of the house."""
        return [stage.key for stage in self.everything if stage.like in likes]

    def walked(self, key: str) -> tuple[int, int]:
        """How many places lie behind a project at ``key``, and how many ahead."""
        here = self.stage(key).place
        places = {stage.place for stage in self.stages} - {here}
        return sum(place < here for place in places), sum(place > here for place in places)

    def rail(self, key: str) -> tuple[Stage, ...]:
        """One stage a place, for a project at ``key``: its own alternative where there are several."""
        here = self.stage(key)
        chosen = {stage.place: stage for stage in reversed(self.stages)}
        chosen[here.place] = here
        return tuple(chosen[place] for place in sorted(chosen))


def way_of(territory: Territory) -> Way:
    """The territory's way; one query."""
    own = _of_territory.all(territory.pk)
    return Way(tuple(_own(row) for row in own) if own else house_way().everything)


def ways_of(territories: Iterable[Territory]) -> dict[Territory, Way]:
    """The ways of several territories; one query whatever their number."""
    own: dict[int, list[TerritoryStage]] = {}
    territories = list(territories)
    for row in TerritoryStage.objects.filter(territory__in=territories).order_by("place", "id"):
        own.setdefault(row.territory_id, []).append(row)
    house = house_way()
    return {
        each: Way(tuple(_own(row) for row in own[each.pk])) if each.pk in own else house
        for each in territories
    }


def house_way() -> Way:
    """The way of a territory that edited nothing, in the reader's language."""
    return _house_in(get_language())


@cache
def _house_in(language: str | None) -> Way:
    """Its words change with the language alone: jobs ask for it hundreds of times a minute."""
    return Way(tuple(_of_house(stage.key, stage.place) for stage in HOUSE))


def _of_house(key: str, place: int) -> Stage:
    words = BY_KEY[key]
    return Stage(
        key,
        key,
        place,
        str(Project.Stage(key).label),
        str(words.why),
        tuple(str(each) for each in words.actions),
        str(words.helpers),
        str(words.proof),
    )


def _own(row: TerritoryStage) -> Stage:
    """A territory's stage; where it left words blank on a stage of the house, the house's."""
    house = _of_house(row.key, row.place) if row.key in BY_KEY else None
    return Stage(
        row.key,
        row.like,
        row.place,
        row.name or (house.name if house else row.key),
        row.why or (house.why if house else ""),
        tuple(row.actions) or (house.actions if house else ()),
        row.helpers or (house.helpers if house else ""),
        row.proof or (house.proof if house else ""),
        row.retired_at is not None,
    )
