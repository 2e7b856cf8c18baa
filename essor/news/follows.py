"""Following a thing by a button: what may be followed, and what somebody follows so."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from essor.kit.prepared import Prepared
from essor.news.concerned import things_of
from essor.news.kinds import Key, Thing, kinds
from essor.news.links import leave_address
from essor.news.models import Following
from essor.people.models import Person

MOST = 50


@dataclass(frozen=True, slots=True)
class Followed:
    """A thing that somebody follows by choice, with the way to end it."""

    thing: Thing
    label: str
    leave: str


def followable(key: Key) -> Thing | None:
    """What everybody may follow under this key; None for all else, as if it were not there."""
    of_type, of_id = key
    kind = kinds().get(of_type)
    if kind is None or kind.public is None or of_id not in set(kind.public([of_id])):
        return None
    return things_of([key]).get(key)


def follows(person: Person, key: Key) -> bool:
    """Whether they hear of it: by choice, or by taking part and not having said *nothing*."""
    of_type, of_id = key
    chosen = Following.objects.filter(person=person, of_type=of_type, of_id=of_id).first()
    if chosen is not None:
        return chosen.how != Following.How.NONE
    return of_id in set(kinds()[of_type].mine(person))


def _by_button() -> QuerySet[Following]:
    """What anybody follows by choice, latest first."""
    names = [name for name, kind in kinds().items() if kind.public is not None]
    found = Following.objects.filter(of_type__in=names).exclude(how=Following.How.NONE)
    return found.order_by("-since", "-id")


_of_one = Prepared(lambda person: _by_button().filter(person_id=person)[:MOST], int)


def chosen_by(people: Iterable[Person]) -> dict[int, list[Key]]:
    """What each of ``people`` follows by choice, latest first, by primary key; one query."""
    chosen: dict[int, list[Key]] = {person.pk: [] for person in people}
    found = _by_button().filter(person__in=chosen)
    for person, of_type, of_id in found.values_list("person", "of_type", "of_id"):
        if len(chosen[person]) < MOST:
            chosen[person].append((of_type, of_id))
    return chosen


def followed_by(person: Person) -> list[Followed]:
    """The same, each with its name and the way to leave; what may no longer be shown is left out."""
    keys = [(each.of_type, each.of_id) for each in _of_one.all(person.pk)]
    things = things_of(keys)
    return [
        Followed(things[key], str(kinds()[key[0]].label), leave_address(person, key))
        for key in keys
        if key in things
    ]
