"""What digests can tell of: each room says it for its own nouns, in its ``digests.py``.

    followed(Kind("project", _("project"), followers, mine, things))
    tells("project", ["stage_changed"], words)
    tells("need", ["need_posted"], words, about=lambda line: ("project", line.part_of))
    owes(Source("fates", owed, items, mark))

A *line* of the ledger concerns whoever follows its object. What a room remembers by itself (an
answer that is owed to somebody, whenever it can be given) it hands over as *items*.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from functools import cache
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.module_loading import autodiscover_modules

from essor.ledger.models import Entry
from essor.people.models import Person

Key = tuple[str, str]
"""An object by its ledger type and public id."""
EVERYTHING, TERRITORY = "everything", "territory"


class Tie(IntEnum):
    """How close somebody is to an object: this decides which lines they may read."""

    FOLLOWS = 1
    TABLE = 2
    OWN = 3


class Follower(NamedTuple):
    """``person`` (primary key) follows the object ``of_id`` since then; earlier lines are past."""

    of_id: str
    person: int
    since: datetime
    tie: Tie = Tie.FOLLOWS


@dataclass(frozen=True, slots=True)
class Thing:
    """An object as mails and settings name it. ``address`` is a path; ``territory`` a public id."""

    title: str
    address: str
    territory: str
    place: str


@dataclass(frozen=True, slots=True)
class Kind:
    """One noun that can be followed.

    ``followers(ids)`` says who follows these objects by taking part; ``mine(person)`` the ids that
    one person follows so. ``things(ids)`` names objects; what may not be shown is absent.
    ``stop`` and ``start`` are called when somebody chooses *nothing*, or again something.
    ``public(ids)`` names those that everybody may read, and so follow by a button; without it
    nobody follows such a thing but by taking part. ``way_in`` is the purpose of the personal links
    that open such a thing to whoever's own it is (``people.links``).
    """

    of_type: str
    label: str | Promise
    followers: Callable[[Collection[str]], Iterable[Follower]]
    mine: Callable[[Person], Iterable[str]]
    things: Callable[[Collection[str]], Mapping[str, Thing]]
    stop: Callable[[Person, str, datetime], None] | None = None
    start: Callable[[Person, str, datetime], None] | None = None
    public: Callable[[Collection[str]], Collection[str]] | None = None
    way_in: str = ""


Words = Callable[[Sequence[Entry]], Mapping[int, str]]
About = Callable[[Entry], Key]


def itself(line: Entry) -> Key:
    return line.of_type, line.of_id


@dataclass(frozen=True, slots=True)
class Told:
    """How lines of one type with these verbs are told.

    ``words(lines)`` says each, by its number, in the language that is active; a line without words
    is told to nobody. ``about`` names the object under which it stands. ``addressed``: somebody
    spoke to the person whose own it is, or a day that they accepted is near: they hear at once.
    ``to_own``: a line for the team that whoever owns the object may read. ``in_territory``: people
    who follow the territory hear of it too; ``also`` names another object whose followers do.
    """

    words: Words
    about: About = itself
    addressed: bool = False
    in_territory: bool = False
    to_own: bool = False
    also: About | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """Something told that is no single line: ``key`` is the source's own.

    ``way_in``, the purpose and subject of a personal link, opens to whoever is owed it, and has no
    account, what is to be done.
    """

    key: str
    about: Key
    thing: Thing
    at: datetime
    words: str
    way_in: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """What one room owes people besides ledger lines, and remembers by itself.

    ``owed(at)`` answers keys by person (primary key); ``items(keys)`` the items as they are now, in
    the language that is active; ``mark(pairs, at)`` remembers (person, key) as told, and raises
    ``IntegrityError`` where that was done before. ``places(person)`` names the territories
    (public ids) of what may once be owed to somebody, who may choose to hear nothing from there:
    whoever did is owed nothing. ``settle(at)`` is called once a round has ended; without it, what
    was held back is simply still due next week.
    """

    name: str
    owed: Callable[[datetime], Mapping[int, Sequence[str]]]
    items: Callable[[Sequence[str]], Sequence[Item]]
    mark: Callable[[Sequence[tuple[int, str]], datetime], None]
    places: Callable[[Person], Iterable[str]]
    settle: Callable[[datetime], None] = lambda at: None


_kinds: dict[str, Kind] = {}
_told: dict[tuple[str, str], Told] = {}
_sources: dict[str, Source] = {}


def followed(kind: Kind) -> None:
    """Let people follow objects of this kind."""
    _kinds[kind.of_type] = kind


def tells(
    of_type: str,
    verbs: Iterable[str],
    words: Words,
    *,
    about: About = itself,
    addressed: bool = False,
    in_territory: bool = False,
    to_own: bool = False,
    also: About | None = None,
) -> None:
    """Let digests tell lines of ``of_type`` with ``verbs``."""
    told = Told(words, about, addressed, in_territory, to_own, also)
    _told.update({(of_type, verb): told for verb in verbs})


def owes(source: Source) -> None:
    """Let digests carry what this source owes people."""
    _sources[source.name] = source


def kinds() -> dict[str, Kind]:
    _discover()
    return _kinds


def told() -> dict[tuple[str, str], Told]:
    """How lines are told, by ledger type and verb."""
    _discover()
    return _told


def sources() -> dict[str, Source]:
    _discover()
    return _sources


@cache
def _discover() -> None:
    autodiscover_modules("digests")
