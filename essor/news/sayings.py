"""What digests say, read once for many of them: a week's letters tell the same lines to hundreds."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format

from essor.ledger.models import Entry
from essor.news.concerned import about as object_of
from essor.news.concerned import things_of
from essor.news.kinds import Item, Key, Thing, sources, told

Owed = Mapping[str, Sequence[str]]
"""Keys of items by their source."""
Way = tuple[str, str]
"""Purpose and subject of a personal link."""


@dataclass(frozen=True, slots=True)
class Saying:
    """One sentence; the same one said several times stands once, with how often."""

    at: datetime
    words: str
    times: int = 1


@dataclass(frozen=True, slots=True)
class Section:
    """One object with all there is to say of it, latest first."""

    keys: Sequence[Key]
    """Its own, then those of what else its lines tell of: a need within its project."""
    thing: Thing
    sayings: Sequence[Saying]
    told: str
    """The sayings as the letter lists them."""
    ways: Sequence[Way] = ()
    """The personal links that open what is to be done."""
    buttons: Sequence[object] = ()
    """The links themselves, for whoever the letter is to."""
    leave: str = ""
    """Where one no longer follows it, for what one follows by a button."""

    @property
    def address(self) -> str:
        return f"{settings.SITE_URL}{self.thing.address}"


@dataclass(frozen=True, slots=True)
class _Line:
    """A line with its words, the object under which it stands, and what else it tells of."""

    key: Key
    saying: Saying
    also: Sequence[Key]


class Sayings:
    """The words of these lines and items in the active language; what has none any more is absent.

    A fixed number of queries for each kind of line and each source, however many letters they are
    for; ``sections`` asks nothing.
    """

    def __init__(self, lines: Iterable[int], owed: Iterable[Owed]) -> None:
        self._lines = _lines_of(set(lines))
        self._things = things_of({each.key for each in self._lines.values()})
        self._items = _items_of(owed)
        self._made: dict[tuple[object, ...], Section] = {}

    def sections(self, lines: Collection[int], owed: Owed) -> list[Section]:
        """What one letter tells, by object, the object with the latest first."""
        sayings: dict[Key, list[Saying]] = defaultdict(list)
        nearby: dict[Key, list[Key]] = defaultdict(list)
        things: dict[Key, Thing] = {}
        for line in (self._lines[pk] for pk in sorted(lines) if pk in self._lines):
            if line.key in self._things:
                things[line.key] = self._things[line.key]
                sayings[line.key].append(line.saying)
                nearby[line.key] += line.also
        ways: dict[Key, dict[Way, None]] = defaultdict(dict)
        for item in self._owed(owed):
            sayings[item.about].append(Saying(item.at, item.words))
            things[item.about] = item.thing
            ways[item.about].update({item.way_in: None} if item.way_in else {})
        made = [
            self._section((key, *nearby[key]), things[key], tuple(some), tuple(ways[key]))
            for key, some in sayings.items()
        ]
        return sorted(made, key=lambda each: each.sayings[0].at, reverse=True)

    def _section(
        self, keys: tuple[Key, ...], thing: Thing, some: tuple[Saying, ...], ways: tuple[Way, ...]
    ) -> Section:
        """Made once for everybody who hears the same of the same thing."""
        made = self._made.get((keys, thing, some, ways))
        if made is None:
            latest = _latest_first(some)
            told = "\n".join(_listed(each) for each in latest)
            made = Section(keys, thing, latest, told, ways)
            self._made[keys, thing, some, ways] = made
        return made

    def _owed(self, owed: Owed) -> Iterator[Item]:
        for name, keys in owed.items():
            wanted = set(keys)
            yield from (each for each in self._items.get(name, ()) if each.key in wanted)


def _lines_of(numbers: Collection[int]) -> dict[int, _Line]:
    groups = defaultdict(list)
    for line in Entry.objects.filter(pk__in=numbers).order_by("id"):
        if (line.of_type, line.verb) in told():
            groups[told()[line.of_type, line.verb].words].append(line)
    found = {}
    for words, some in groups.items():
        said = words(some)
        for line in some:
            if text := said.get(line.pk):
                also = told()[line.of_type, line.verb].also
                near = (also(line),) if also else ()
                found[line.pk] = _Line(object_of(line), Saying(line.at, text), near)
    return found


def _items_of(owed: Iterable[Owed]) -> dict[str, Sequence[Item]]:
    """The items by source, each in the order that its source gives them."""
    wanted: dict[str, dict[str, None]] = defaultdict(dict)
    for each in owed:
        for name, keys in each.items():
            wanted[name].update(dict.fromkeys(keys))
    return {
        name: sources()[name].items(list(keys))
        for name, keys in wanted.items()
        if keys and name in sources()
    }


def _latest_first(sayings: Iterable[Saying]) -> list[Saying]:
    by_words: dict[str, list[datetime]] = defaultdict(list)
    for each in sayings:
        by_words[each.words].append(each.at)
    merged = [Saying(max(times), words, len(times)) for words, times in by_words.items()]
    return sorted(merged, key=lambda each: each.at, reverse=True)


def _listed(saying: Saying) -> str:
    often = f" (× {saying.times})" if saying.times > 1 else ""
    return f"- {date_format(timezone.localtime(saying.at), 'j F')} · {saying.words}{often}"
