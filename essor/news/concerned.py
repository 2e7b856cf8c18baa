"""Whom a ledger line concerns: whoever follows its object, may read it, and did not do it.

A fixed number of queries for each kind of object, whatever the number of lines and people.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import Q

from essor.ledger.models import Audience, Entry
from essor.news.kinds import EVERYTHING, TERRITORY, Follower, Key, Thing, Tie, kinds, told
from essor.news.models import Following
from essor.people.models import Person
from essor.territories.models import Role

How = Following.How
TEAM = (Role.Kind.HOST, Role.Kind.FACILITATOR, Role.Kind.DOOR)


@dataclass(frozen=True, slots=True)
class Concern:
    """A line that is to reach a person, once a week or at once."""

    person: int
    line: Entry
    at_once: bool


@dataclass(slots=True)
class _Known:
    """What was read for a set of lines."""

    followers: dict[Key, list[Follower]] = field(default_factory=lambda: defaultdict(list))
    chosen: dict[tuple[int, Key], str] = field(default_factory=dict)
    team: set[tuple[int, str]] = field(default_factory=set)
    names: dict[int, str] = field(default_factory=dict)
    closed: set[Key] = field(default_factory=set)
    """Objects that not everybody may read any more: who only follows them hears nothing."""


def tellable(lines: Iterable[Entry]) -> list[Entry]:
    """Those of ``lines`` that have words and an object that may be shown, in the same order."""
    every, groups = list(lines), defaultdict(list)
    for line in every:
        if (line.of_type, line.verb) in told():
            groups[told()[line.of_type, line.verb].words].append(line)
    said = {
        number for words, some in groups.items() for number, text in words(some).items() if text
    }
    here = things_of(about(line) for line in every if line.pk in said)
    return [line for line in every if line.pk in said and about(line) in here]


def about(line: Entry) -> Key:
    """The object under which a line is told."""
    return told()[line.of_type, line.verb].about(line)


def things_of(keys: Iterable[Key]) -> dict[Key, Thing]:
    """The objects of ``keys`` that may be shown, by key."""
    wanted = defaultdict(set)
    for of_type, of_id in keys:
        wanted[of_type].add(of_id)
    return {
        (of_type, of_id): thing
        for of_type, ids in wanted.items()
        if of_type in kinds()
        for of_id, thing in kinds()[of_type].things(ids).items()
    }


def concerns(lines: Sequence[Entry]) -> list[Concern]:
    """Everybody whom each of ``lines`` concerns, in the order of the lines."""
    known = _read(lines)
    found = []
    for line in lines:
        how = told()[line.of_type, line.verb]
        key = how.about(line)
        ties: dict[int, Tie] = defaultdict(lambda: Tie.FOLLOWS)
        around = _around(line)
        for each in (key, *around):
            for one in known.followers[each]:
                if one.since <= line.at and (one.tie > Tie.FOLLOWS or each not in known.closed):
                    ties[one.person] = max(one.tie, ties[one.person])
        for person, tie in sorted(ties.items()):
            wanted = _wanted(known, person, key, line, around)
            by_themself = known.names.get(person, "") == line.by
            reads = _may_read(known, person, tie, line) or (how.to_own and tie == Tie.OWN)
            if wanted == How.NONE or by_themself or not reads:
                continue
            spoken_to = how.addressed and tie == Tie.OWN
            found.append(Concern(person, line, spoken_to or wanted == How.AT_ONCE))
    return found


def nothing_from(people: Iterable[int]) -> set[tuple[int, str]]:
    """Which of ``people`` want to hear nothing from which territory (public id)."""
    silent = Following.objects.filter(
        person__in=list(people), of_type=EVERYTHING, how=How.NONE
    ).order_by("id")
    return set(silent.values_list("person_id", "of_id"))


def _around(line: Entry) -> list[Key]:
    """The other objects whose followers hear of the line: the nearest first."""
    how = told()[line.of_type, line.verb]
    also = [how.also(line)] if how.also else []
    return [*also, (TERRITORY, line.territory)] if how.in_territory else also


def _wanted(known: _Known, person: int, key: Key, line: Entry, around: Sequence[Key]) -> str:
    """How the person wants to hear of ``key``: as chosen for it, else around it, else weekly."""
    for each in (key, *around, (EVERYTHING, line.territory)):
        if chosen := known.chosen.get((person, each)):
            return chosen
    return How.WEEKLY


def _may_read(known: _Known, person: int, tie: Tie, line: Entry) -> bool:
    if line.audience == Audience.PUBLIC:
        return True
    if line.audience == Audience.TABLE:
        return tie >= Tie.TABLE
    if line.audience == Audience.PERSON:
        return tie == Tie.OWN
    return (person, line.territory) in known.team or (person, "") in known.team


def _read(lines: Sequence[Entry]) -> _Known:
    known, ids = _Known(), defaultdict(set)
    for line in lines:
        for of_type, of_id in (about(line), *_around(line)):
            ids[of_type].add(of_id)
        ids[TERRITORY].add(line.territory)
        ids[EVERYTHING].add(line.territory)
    for of_type, some in ids.items():
        if of_type in kinds():
            kind = kinds()[of_type]
            for one in kind.followers(some):
                known.followers[of_type, one.of_id].append(one)
            if kind.public is not None:
                known.closed |= {(of_type, of_id) for of_id in some - set(kind.public(some))}
        for row in Following.objects.filter(of_type=of_type, of_id__in=some).order_by("id"):
            known.chosen[row.person_id, (of_type, row.of_id)] = row.how
            if of_type != EVERYTHING and row.how != How.NONE:
                one = Follower(row.of_id, row.person_id, row.since)
                known.followers[of_type, row.of_id].append(one)
    people = {one.person for some in known.followers.values() for one in some}
    known.names = dict(Person.objects.filter(pk__in=people).values_list("pk", "public_id"))
    if any(line.audience == Audience.TEAM for line in lines):
        here = Q(territory__public_id__in=ids[TERRITORY], kind__in=TEAM) | Q(territory=None)
        held = Role.objects.filter(here, person__in=people).order_by("id")
        pairs = held.values_list("person", "territory__public_id")
        known.team = {(person, territory or "") for person, territory in pairs}
    return known
