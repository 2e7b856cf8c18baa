"""What somebody may choose about: by territory, everything there and each thing that they follow."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from essor.news.concerned import things_of
from essor.news.kinds import EVERYTHING, TERRITORY, Key, kinds, sources
from essor.news.models import Following
from essor.people.models import Person
from essor.territories.models import Territory

How = Following.How


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing that may be heard of; ``how`` is blank where the territory's choice holds.

    ``tied``: the person follows it by taking part, so that it may go as the rest does.
    """

    key: Key
    title: str
    label: str
    address: str
    how: str
    tied: bool = False

    @property
    def name(self) -> str:
        """The field's name in the form."""
        return f"{self.key[0]}-{self.key[1]}"


@dataclass(frozen=True, slots=True)
class Place:
    """A territory: how one hears of everything followed there, of what begins there, of each thing."""

    territory: Territory
    everything: Choice
    beginnings: Choice
    things: Sequence[Choice]

    @property
    def choices(self) -> list[Choice]:
        return [self.everything, self.beginnings, *self.things]


def places_of(person: Person) -> list[Place]:
    """In a fixed number of queries for each kind, whatever the person follows."""
    chosen = {(row.of_type, row.of_id): row.how for row in Following.objects.filter(person=person)}
    mine = [(kind, key) for kind, each in sorted(kinds().items()) for key in each.mine(person)]
    things = things_of([*mine, *(key for key in chosen if key[0] not in {EVERYTHING, TERRITORY})])
    here = {each.territory for each in things.values()}
    here |= {of_id for of_type, of_id in chosen if of_type in {EVERYTHING, TERRITORY}}
    for source in sources().values():
        here |= set(source.places(person))
    by_place = defaultdict(list)
    for key, thing in things.items():
        label = str(kinds()[key[0]].label)
        by_place[thing.territory].append(
            Choice(key, thing.title, label, thing.address, chosen.get(key, ""), key in mine)
        )
    found = Territory.objects.filter(public_id__in=here).order_by("name", "id")
    return [_place(each, chosen, by_place[each.public_id]) for each in found]


def _place(territory: Territory, chosen: dict[Key, str], things: list[Choice]) -> Place:
    everything, beginnings = ((of_type, territory.public_id) for of_type in (EVERYTHING, TERRITORY))
    return Place(
        territory,
        Choice(everything, "", "", "", chosen.get(everything, How.WEEKLY)),
        Choice(beginnings, "", "", "", chosen.get(beginnings, How.NONE)),
        sorted(things, key=lambda each: (each.label, each.title)),
    )
