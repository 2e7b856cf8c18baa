"""The week's digests: whom they concern, told in small transactions, each line once.

A round fixes at its beginning which lines it is about, so that it may be broken off and taken up
again at any time, by another worker or days later. Nobody gets two mails of one round.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import structlog
from django.db import IntegrityError
from django.db.models import Max, Min

from essor.ledger.models import Entry
from essor.news.actions import Waiting, begin_round, end_round, tell_at_once, tell_each
from essor.news.concerned import concerns, tellable
from essor.news.kinds import sources, told
from essor.news.models import Digest, DigestRound, Told
from essor.news.timing import due_day
from essor.people.models import Person
from essor.territories.models import Territory

log = structlog.get_logger("essor.news")
SETTLES, SOON = timedelta(hours=2), timedelta(minutes=5)
"""How long a line rests before a digest tells it, and before it is told at once."""
AHEAD = timedelta(hours=1)
"""A line further in the future than this comes from a clock that was wrong: it waits for nothing."""
A_TRANSACTION = 50


def run_round(*, at: datetime, most: int | None = None) -> int:
    """Write the digests that are due at ``at``; answers how many mails. Safe to run at any time.

    With ``most``, the round stops after so many people and stays open: the next call goes on.
    """
    key = due_day(at).isoformat()
    known = DigestRound.objects.filter(public_id=key).first()
    if known is not None and known.ended_at:
        return 0
    if known is None:
        after = covered()
        known = begin_round(key=key, after=after, upto=settled(after, at, SETTLES), by=None, at=at)
    waiting = _waiting(known, at)
    mails = _tell(known, waiting[:most], at)
    if most is not None and len(waiting) > most:
        return mails
    end_round(round=known, by=None, at=at)
    for source in sources().values():
        source.settle(at)
    return mails


def run_at_once(*, at: datetime) -> int:
    """Tell what is to be told at once, where the week's mails allow; the rest waits for the digest."""
    begun = DigestRound.objects.aggregate(last=Max("upto"))["last"] or 0
    lines = tellable(_lines(begun, settled(begun, at, SOON)))
    if not lines:
        return 0
    fresh = [each for each in concerns(lines) if each.at_once]
    already = _told_of([each.line.pk for each in fresh])
    by_person = defaultdict(list)
    for each in fresh:
        if (each.person, each.line.pk) not in already:
            by_person[each.person].append(each.line)
    mails = 0
    for person in _reachable(by_person):
        try:
            mails += tell_at_once(person=person, lines=by_person[person.pk], by=None, at=at)
        except IntegrityError:
            log.info("told by another worker", person=person.public_id)
    return mails


def covered() -> int:
    """The last line that rounds which have ended were about."""
    return DigestRound.objects.exclude(ended_at=None).aggregate(last=Max("upto"))["last"] or 0


def settled(after: int, at: datetime, rest: timedelta) -> int:
    """The last line such that it and all before it have rested; never before ``after``.

    Lines get their numbers before their transaction ends; what has rested has ended.
    """
    later = Entry.objects.filter(id__gt=after)
    stirring = later.filter(at__gt=at - rest, at__lte=at + AHEAD).aggregate(first=Min("id"))
    if stirring["first"]:
        return int(stirring["first"]) - 1
    return later.aggregate(last=Max("id"))["last"] or after


def _lines(after: int, upto: int) -> list[Entry]:
    types, verbs = ({key[place] for key in told()} for place in (0, 1))
    found = Entry.objects.filter(id__gt=after, id__lte=upto, of_type__in=types, verb__in=verbs)
    rehearsed = Territory.objects.filter(rehearsal=True).values("public_id")
    return list(found.exclude(territory__in=rehearsed).order_by("id"))


def _told_of(lines: Sequence[int]) -> set[tuple[int, int]]:
    return set(Told.objects.filter(line__in=lines).values_list("person_id", "line"))


def _reachable(people: Iterable[int]) -> list[Person]:
    """Those of ``people`` who have an address and did not ask to hear nothing."""
    found = Person.objects.filter(pk__in=people, erased_at=None, no_news=False).exclude(email="")
    return list(found.order_by("pk"))


@dataclass(slots=True)
class _Share:
    """What waits for one person."""

    lines: list[Entry] = field(default_factory=list)
    owed: dict[str, Sequence[str]] = field(default_factory=dict)


def _waiting(round_: DigestRound, at: datetime) -> list[Waiting]:
    """Everybody who has something to hear in this round and did not get its mail yet.

    A round that goes on after a later one ended tells as far as that one did: who was held back
    there hears all of it here.
    """
    held = dict(Digest.objects.filter(held=True).values_list("person_id", "after"))
    floor = min([*held.values(), round_.after])
    lines = tellable(_lines(floor, max(round_.upto, covered())))
    already = _told_of([line.pk for line in lines])
    shares: dict[int, _Share] = defaultdict(_Share)
    for each in concerns(lines):
        fresh = each.line.pk > held.get(each.person, round_.after)
        if fresh and (each.person, each.line.pk) not in already:
            shares[each.person].lines.append(each.line)
    for name, source in sorted(sources().items()):
        for person, keys in source.owed(at).items():
            shares[person].owed[name] = keys
    done = set(Digest.objects.filter(round=round_).values_list("person_id", flat=True))
    return [
        Waiting(person, tuple(share.lines), dict(share.owed), held.get(person.pk, round_.after))
        for person in _reachable(set(shares) - done)
        for share in [shares[person.pk]]
    ]


def _tell(round_: DigestRound, waiting: Sequence[Waiting], at: datetime) -> int:
    """Some people a transaction; where another worker told one of them, one by one."""
    mails = 0
    for start in range(0, len(waiting), A_TRANSACTION):
        some = waiting[start : start + A_TRANSACTION]
        try:
            mails += tell_each(round=round_, waiting=some, by=None, at=at)
        except IntegrityError:
            mails += sum(_tell_one(round_, each, at) for each in some)
    return mails


def _tell_one(round_: DigestRound, one: Waiting, at: datetime) -> int:
    try:
        return tell_each(round=round_, waiting=[one], by=None, at=at)
    except IntegrityError:
        log.info("told by another worker", person=one.person.public_id)
        return 0
