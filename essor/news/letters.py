"""The digest as a letter: written when it leaves, grouped by object, latest first."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils import translation

from essor.kit.letters import Brand, render_letter
from essor.kit.prepared import Prepared
from essor.kit.writers import Written, writes
from essor.ledger.models import Entry
from essor.news.actions import WRITER
from essor.news.concerned import about as object_of
from essor.news.concerned import things_of
from essor.news.follows import chosen_keys
from essor.news.kinds import Key, Thing, sources, told
from essor.news.links import choices_address, leave_address
from essor.people.models import Person
from essor.people.news import no_news_address
from essor.territories.brand import brand_of
from essor.territories.models import Territory

_person = Prepared(lambda key: Person.objects.filter(public_id=key, erased_at=None), str)
_territory = Prepared(lambda key: Territory.objects.filter(public_id=key), str)


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
    leave: str = ""
    """Where one no longer follows it, for what one follows by a button."""

    @property
    def address(self) -> str:
        return f"{settings.SITE_URL}{self.thing.address}"


@writes(WRITER)
def written(asked: dict[str, Any], at: datetime) -> Written | None:
    """The digest of these lines and items for this person; None when nothing is left to say."""
    person = _person.first(asked["person"])
    if person is None or person.no_news:
        return None
    with translation.override(person.language):
        found = _with_ways_out(person, sections(asked.get("lines", ()), asked.get("owed", {})))
        if not found:
            return None
        context = {
            "person": person,
            "sections": found,
            "places": sorted({each.thing.place for each in found}),
            "choices": choices_address(person),
            "no_news": no_news_address(person),
        }
        return Written(*render_letter("news/mail/digest.txt", context, _brand(found)))


def sections(lines: Sequence[int], owed: dict[str, Sequence[str]]) -> list[Section]:
    """What is told, by object, the object with the latest first; words in the active language."""
    sayings, things, nearby = _of_lines(lines)
    for name, keys in owed.items():
        for item in sources()[name].items(keys) if name in sources() else ():
            sayings[item.about].append(Saying(item.at, item.words))
            things[item.about] = item.thing
    made = [
        Section((key, *nearby.get(key, ())), things[key], _latest_first(some))
        for key, some in sayings.items()
        if key in things
    ]
    return sorted(made, key=lambda each: each.sayings[0].at, reverse=True)


def _with_ways_out(person: Person, found: Sequence[Section]) -> list[Section]:
    chosen = set(chosen_keys(person)) if found else set()
    out = []
    for each in found:
        key = next((one for one in each.keys if one in chosen), None)
        address = f"{settings.SITE_URL}{leave_address(person, key)}" if key else ""
        out.append(replace(each, leave=address))
    return out


def _latest_first(sayings: Iterable[Saying]) -> list[Saying]:
    by_words: dict[str, list[datetime]] = defaultdict(list)
    for each in sayings:
        by_words[each.words].append(each.at)
    merged = [Saying(max(times), words, len(times)) for words, times in by_words.items()]
    return sorted(merged, key=lambda each: each.at, reverse=True)


def _of_lines(
    numbers: Iterable[int],
) -> tuple[dict[Key, list[Saying]], dict[Key, Thing], dict[Key, list[Key]]]:
    lines = list(Entry.objects.filter(pk__in=list(numbers)).order_by("id"))
    groups, sayings = defaultdict(list), defaultdict(list)
    nearby: dict[Key, list[Key]] = defaultdict(list)
    for line in lines:
        if (line.of_type, line.verb) in told():
            groups[told()[line.of_type, line.verb].words].append(line)
    for words, some in groups.items():
        said = words(some)
        for line in some:
            if said.get(line.pk):
                sayings[object_of(line)].append(Saying(line.at, said[line.pk]))
                also = told()[line.of_type, line.verb].also
                nearby[object_of(line)] += [also(line)] if also else []
    return sayings, things_of(sayings), nearby


def _brand(found: Sequence[Section]) -> Brand | None:
    """The territory's, where everything is of one."""
    here = {each.thing.territory for each in found}
    territory = _territory.first(*here) if len(here) == 1 else None
    return brand_of(territory) if territory else None
