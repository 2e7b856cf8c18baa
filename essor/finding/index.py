"""Keeping the index: made whole, or page by page after what the ledger tells.

Nothing here is an act of anybody: the index says again what rooms show already.
"""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from django.db import transaction
from django.db.models import Max, Q

from essor.finding.models import Bookmark, Gram, Page, Posting, Term
from essor.finding.words import grams, weighed
from essor.kit.finding import Found, kinds
from essor.ledger.models import Entry

A_BATCH = 500
A_READING = 2_000
BEHIND = 200
"""Lines read again each time: a transaction may commit a lower line after a higher one."""
NAME = "ledger"


def rebuild() -> int:
    """Make the index again from what is public now. Returns how many pages it has."""
    last = Entry.objects.aggregate(last=Max("id"))["last"] or 0
    with transaction.atomic():
        for model in (Posting, Gram, Term, Page):
            model.objects.all()._raw_delete(using="default")
    made = 0
    for kind in kinds().values():
        for batch in _batches(kind.public().order_by("pk").iterator(A_BATCH)):
            with transaction.atomic():
                _put_in(kind, batch)
            made += len(batch)
    Bookmark.objects.update_or_create(name=NAME, defaults={"line": last})
    return made


def catch_up() -> int:
    """Take in what lines since the bookmark touched. Returns how many objects were looked at."""
    mark, _ = Bookmark.objects.get_or_create(name=NAME)
    lines = list(
        Entry.objects.filter(id__gt=max(mark.line - BEHIND, 0))
        .order_by("id")
        .values_list("id", "of_type", "of_id")[:A_READING]
    )
    if not lines:
        return 0
    touched: dict[str, set[str]] = {}
    for _line, of_type, of_id in lines:
        touched.setdefault(of_type, set()).add(of_id)
    looked = sum(_again(kind, touched) for kind in kinds().values())
    Bookmark.objects.filter(name=NAME).update(line=lines[-1][0])
    return looked


def _again(kind: Found, touched: dict[str, set[str]]) -> int:
    """Read the objects of a kind that lines touched, public or no longer."""
    which = Q()
    for of_type, field in kind.touched.items():
        if of_type in touched:
            which |= Q(**{f"{field}__in": touched[of_type]})
    if not which:
        return 0
    every = kind.public().model._default_manager.filter(which)
    ids = list(every.order_by().values_list("pk", flat=True))
    for some in _batches(iter(ids)):
        with transaction.atomic():
            Page.objects.filter(kind=kind.key, of_id__in=some).delete()
            _put_in(kind, list(kind.public().filter(pk__in=some)))
    return len(ids)


def sweep() -> int:
    """Drop pages whose object is gone or no longer public. Returns how many."""
    dropped = 0
    for kind in kinds().values():
        pages = Page.objects.filter(kind=kind.key)
        stale = pages.exclude(of_id__in=kind.public().order_by().values("pk"))
        dropped += stale.count()
        stale.delete()
    return dropped


def _put_in(kind: Found, batch: Sequence[Any]) -> None:
    told = [(each, kind.told(each)) for each in batch]
    weights = [weighed(each.title, each.text) for _, each in told]
    terms = _terms({term for each in weights for term in each})
    pages = Page.objects.bulk_create(
        Page(kind=kind.key, of_id=each.pk, territory=each.territory_id) for each, _ in told
    )
    Posting.objects.bulk_create(
        (
            Posting(page=page, territory=page.territory, term_id=terms[term], weight=weight)
            for page, each in zip(pages, weights, strict=True)
            for term, weight in each.items()
        ),
        batch_size=A_BATCH,
    )


def _terms(wanted: set[str]) -> dict[str, int]:
    """The keys of these words; those that are new get their letters in threes as well."""
    known = _known(wanted)
    new = sorted(wanted - known.keys())
    if new:
        Term.objects.bulk_create((Term(word=each) for each in new), ignore_conflicts=True)
        added = _known(set(new))
        Gram.objects.bulk_create(
            (Gram(letters=letters, term_id=key) for word, key in added.items()
             for letters in grams(word)),
            batch_size=A_BATCH,
        )  # fmt: skip
        known |= added
    return known


def _known(wanted: set[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for some in _batches(iter(sorted(wanted))):
        found.update(Term.objects.filter(word__in=some).values_list("word", "pk"))
    return found


def _batches(every: Iterator[Any]) -> Iterator[list[Any]]:
    while some := list(islice(every, A_BATCH)):
        yield some
