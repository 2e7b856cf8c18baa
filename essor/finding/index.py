"""Keeping the index: made whole, or thing by thing after what the ledger tells.

Nothing here is an act of anybody: the index says again what rooms show already. Words are taken
apart outside of transactions; each transaction writes a few hundred rows at most.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from hashlib import blake2b
from itertools import islice
from typing import Any, TypeVar

from django.db.models import Max, Q

from essor.algos.finding import Terms, terms_of
from essor.finding.keys import ROOM, key_of
from essor.finding.models import Bookmark, Page
from essor.finding.writing import NAME, take_in, take_out
from essor.kit import clock
from essor.kit.finding import Found, Told, kinds
from essor.ledger.models import Entry

VERSION = 1
"""Another number makes every house's index again: raise it when stems or weights change."""
A_BATCH, A_WRITE = 200, 25
"""Things read together, and written in one transaction."""
MANY = 2_000
"""Where more changed at once the index is made again: sooner done, and in turns with other jobs."""
A_READING = 2_000
ERASED = ("person", "erased")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Fresh:
    """A thing as it stands now, ready for the index."""

    key: int
    territory: int
    digest: str
    terms: Terms


def fresh(kind: Found, thing: Any) -> Fresh:
    told = kind.told(thing)
    return Fresh(key_of(kind, thing.pk), getattr(thing, kind.place), _digest(told),
                 terms_of(told.title, told.text))  # fmt: skip


def _digest(told: Told) -> str:
    return blake2b(f"{VERSION}\0{told.title}\0{told.text}".encode(), digest_size=16).hexdigest()


def catch_up() -> int:
    """Take in what lines since the bookmark touched. Returns how many things were looked at."""
    mark, _new = Bookmark.objects.get_or_create(name=NAME)
    lines = list(
        Entry.objects.filter(id__gt=mark.before)
        .order_by("id")
        .values_list("id", "of_type", "of_id", "verb")[:A_READING]
    )
    touched: dict[str, set[str]] = {}
    for _line, of_type, of_id, _verb in lines:
        touched.setdefault(of_type, set()).add(of_id)
    looked = sum(_again(kind, touched) for kind in kinds().values())
    if any((of_type, verb) == ERASED for _line, of_type, _id, verb in lines):
        check()
    last = lines[-1][0] if lines else mark.line
    if (mark.before, mark.line) != (min(mark.line, last), last):
        Bookmark.objects.filter(pk=mark.pk).update(before=min(mark.line, last), line=last)
    return looked


def _again(kind: Found, touched: dict[str, set[str]]) -> int:
    """Read the things of a kind that lines touched, public or no longer."""
    which = Q()
    for of_type, field in kind.touched.items():
        if of_type in touched:
            which |= Q(**{f"{field}__in": touched[of_type]})
    if not which:
        return 0
    every = kind.public().model._default_manager.filter(which)
    ids = list(every.order_by().values_list("pk", flat=True).distinct())
    _refresh_all(kind, ids)
    return len(ids)


def _refresh_all(kind: Found, pks: Iterable[int]) -> None:
    changed = 0
    for some in batches(pks):
        changed += refresh(kind, some)
        if changed > MANY:
            Bookmark.objects.filter(name=NAME).update(made_by=0, remade=0)
            return


def refresh(kind: Found, pks: Collection[int]) -> int:
    """Make these things stand in the index as they are now; what is not public leaves it.

    Returns how many changed.
    """
    here = {key_of(kind, each.pk): each for each in kind.public().filter(pk__in=pks).order_by("pk")}
    keys = {key_of(kind, pk) for pk in pks}
    known = dict(Page.objects.filter(key__in=keys).values_list("key", "digest"))
    changed = [
        each for key, each in here.items() if known.get(key) != _digest(kind.told(each))
    ]  # fmt: skip
    gone = sorted(known.keys() - here.keys())
    for keys_gone in batches(gone, A_WRITE):
        take_out(keys_gone)
    for some in batches(changed, A_WRITE):
        take_in([fresh(kind, each) for each in some], at=clock.now())
    return len(changed) + len(gone)


def at_once(key: str, pk: int) -> None:
    """The same for one thing within an action, where people look for what they just wrote."""
    refresh(kinds()[key], [pk])


def check() -> int:
    """Compare the index with what is public now: what is missing comes in, what is gone leaves.

    For what changes without a line of its own: time, lists brought in at once, erased names.
    Returns how many things differed.
    """
    differed = 0
    for kind in kinds().values():
        public = set(kind.public().order_by().values_list("pk", flat=True).iterator())
        mine = Page.objects.filter(key__gte=kind.code * ROOM, key__lt=(kind.code + 1) * ROOM)
        known = {key % ROOM for key in mine.values_list("key", flat=True).iterator()}
        _refresh_all(kind, sorted(public ^ known))
        differed += len(public ^ known)
    return differed


def stands() -> bool:
    """Whether there is an index of this version."""
    return Bookmark.objects.filter(name=NAME, made_by=VERSION).exists()


def last_line() -> int:
    return Entry.objects.aggregate(last=Max("id"))["last"] or 0


def set_bookmark(line: int) -> None:
    """The index is of this version, and takes in what happened after ``line``."""
    now = {"before": line, "line": line, "made_by": VERSION, "remade": 0}
    Bookmark.objects.update_or_create(name=NAME, defaults=now)


def batches(every: Iterable[T], size: int = A_BATCH) -> Iterator[list[T]]:
    rest = iter(every)
    while some := list(islice(rest, size)):
        yield some
