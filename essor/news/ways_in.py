"""Personal links in digests: who has no account reaches by them what is their own, and only that.

A promise opens to whoever made it, a treasure to whoever keeps it, a project's answers to whoever
leads it. Somebody with an account signs in: the fewer secrets travel, the better.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from essor.news.kinds import Key, Tie, kinds
from essor.news.sayings import Section, Way
from essor.people.actions import make_links
from essor.people.links import button_of, link_address
from essor.people.models import Person


@dataclass(frozen=True, slots=True)
class PersonalWay:
    """A button of the letter."""

    words: str
    address: str


Told = tuple[Person, Sequence[Section]]


def with_ways_in(letters: Sequence[Told], at: datetime) -> list[list[Section]]:
    """The sections of each letter with its person's own links; a query a kind, and two in all."""
    own = _own([letter for letter in letters if letter[0].account_id is None])
    wanted = [
        (person, number, place, way)
        for number, (person, sections) in enumerate(letters)
        if person.account_id is None
        for place, each in enumerate(sections)
        for way in _ways(person, each, own)
    ]
    tokens = make_links(wanted=[(who, *way) for who, _n, _p, way in wanted], by=None, at=at)
    buttons: dict[tuple[int, int], list[PersonalWay]] = defaultdict(list)
    for (_who, number, place, way), token in zip(wanted, tokens, strict=True):
        buttons[number, place].append(PersonalWay(button_of(way[0]), link_address(token)))
    return [
        [replace(each, buttons=buttons[number, place]) for place, each in enumerate(sections)]
        for number, (_person, sections) in enumerate(letters)
    ]


def _own(letters: Sequence[Told]) -> set[tuple[int, Key]]:
    """Whose own the things of these letters are, where personal links open them."""
    things = defaultdict(set)
    for _person, sections in letters:
        for section in sections:
            of_type, of_id = section.keys[0]
            if of_type in kinds() and kinds()[of_type].way_in:
                things[of_type].add(of_id)
    return {
        (one.person, (of_type, one.of_id))
        for of_type, ids in things.items()
        for one in kinds()[of_type].followers(ids)
        if one.tie == Tie.OWN
    }


def _ways(person: Person, section: Section, own: set[tuple[int, Key]]) -> Sequence[Way]:
    of_type, of_id = section.keys[0]
    mine = (person.pk, (of_type, of_id)) in own
    return [*section.ways, *([(kinds()[of_type].way_in, of_id)] if mine else [])]
