"""Writing the index: lists changed in place, a few hundred rows a transaction.

The index has one writer at a time (whoever holds the bookmark's row); readers wait for nobody, and
what they find is asked for again in its own room before it is shown.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from django.db import transaction

from essor.algos.finding import Terms, listed, relisted, renumbered, threes
from essor.finding.models import Bookmark, Gram, Page, Posting, Word

NAME = "ledger"
SOME = 500


class Ready(Protocol):
    """A thing taken apart (``index.Fresh``)."""

    @property
    def key(self) -> int: ...
    @property
    def territory(self) -> int: ...
    @property
    def digest(self) -> str: ...
    @property
    def terms(self) -> Terms: ...


@dataclass(slots=True)
class _Change:
    """What one list loses and gains."""

    without: set[int] = field(default_factory=set)
    put: dict[int, float] = field(default_factory=dict)


Changes = dict[tuple[int, str], _Change]


def take_in(things: Sequence[Ready], *, at: datetime) -> None:
    """Let these things stand in the index, under their new words instead of older ones."""
    with transaction.atomic():
        _alone()
        changes = _leaving(each.key for each in things)
        for each in things:
            for stem, weight in each.terms.weights.items():
                changes[each.territory, stem].put[each.key] = weight
        write_pages(things, at=at)
        emptied = _relist(changes)
        add_words(pair for each in things for pair in each.terms.written)
        forget_words(emptied)


def take_out(keys: Collection[int]) -> None:
    """Let nothing of these things stand in the index, nor words that only they had."""
    with transaction.atomic():
        _alone()
        emptied = _relist(_leaving(keys))
        Page.objects.filter(key__in=keys).delete()
        forget_words(emptied)


def write_pages(things: Sequence[Ready], *, at: datetime) -> None:
    """The pages of these things; one that is known keeps since when it is."""
    Page.objects.bulk_create(
        [
            Page(key=each.key, territory=each.territory, digest=each.digest,
                 stems=" ".join(sorted(each.terms.weights)), since=at)
            for each in things
        ],
        update_conflicts=True,
        unique_fields=["key"],
        update_fields=["territory", "digest", "stems"],
    )  # fmt: skip


def write_lists(territory: int, lists: Mapping[str, Iterable[tuple[int, float]]]) -> None:
    """These lists of a territory, instead of those that it has under the same stems."""
    _upsert(Posting(stem=stem, territory=territory, pages=listed(pairs))
            for stem, pairs in lists.items())  # fmt: skip


def add_words(written: Iterable[tuple[str, str]]) -> None:
    """Know these words (word, stem), with their letters in threes, for mistyped ones."""
    pairs = set(written)
    new = sorted(pairs - _known({word for word, _stem in pairs}).keys())
    if not new:
        return
    Word.objects.bulk_create(
        (Word(word=word, stem=stem) for word, stem in new), SOME, ignore_conflicts=True
    )
    known, letters = _known({word for word, _stem in new}), defaultdict[str, list[int]](list)
    for pair in new:
        for three in threes(pair[0]):
            letters[three].append(known[pair])
    kept = {gram.letters: gram.words for some in _cut(sorted(letters))
            for gram in Gram.objects.filter(letters__in=some)}  # fmt: skip
    Gram.objects.bulk_create(
        (Gram(letters=three, words=renumbered(kept.get(three, b""), more))
         for three, more in letters.items()),
        SOME, update_conflicts=True, unique_fields=["letters"], update_fields=["words"],
    )  # fmt: skip


def forget_words(stems: Collection[str]) -> None:
    """Forget how these stems were written, where no page has them any more."""
    for some in _cut(sorted(stems)):
        left = set(Posting.objects.filter(stem__in=some).values_list("stem", flat=True))
        Word.objects.filter(stem__in=set(some) - left).delete()


def _alone() -> None:
    Bookmark.objects.get_or_create(name=NAME)
    Bookmark.objects.select_for_update().get(name=NAME)


def _leaving(keys: Iterable[int]) -> Changes:
    """The lists that pages stand in, each without them."""
    changes: Changes = defaultdict(_Change)
    known = Page.objects.filter(key__in=list(keys)).values_list("key", "territory", "stems")
    for key, territory, stems in known:
        for stem in stems.split():
            changes[territory, stem].without.add(key)
    return changes


def _relist(changes: Changes) -> set[str]:
    """Write the changed lists; answers the stems of those that became empty."""
    by_place: dict[int, list[str]] = defaultdict(list)
    for territory, stem in sorted(changes):
        by_place[territory].append(stem)
    emptied: set[str] = set()
    for territory, stems in by_place.items():
        for some in _cut(stems):
            emptied |= _relist_some(territory, some, changes)
    return emptied


def _relist_some(territory: int, stems: list[str], changes: Changes) -> set[str]:
    rows = Posting.objects.filter(territory=territory, stem__in=stems)
    kept = dict(rows.values_list("stem", "pages"))
    made = {
        stem: relisted(kept.get(stem, b""), without=change.without, put=change.put)
        for stem in stems
        for change in [changes[territory, stem]]
    }
    _upsert(Posting(stem=stem, territory=territory, pages=pages)
            for stem, pages in made.items() if pages)  # fmt: skip
    empty = {stem for stem, pages in made.items() if not pages}
    if empty:
        rows.filter(stem__in=empty).delete()
    return empty


def _upsert(postings: Iterable[Posting]) -> None:
    Posting.objects.bulk_create(
        postings, SOME, update_conflicts=True,
        unique_fields=["stem", "territory"], update_fields=["pages"],
    )  # fmt: skip


def _known(words: Collection[str]) -> dict[tuple[str, str], int]:
    found: dict[tuple[str, str], int] = {}
    for some in _cut(sorted(words)):
        rows = Word.objects.filter(word__in=some).values_list("word", "stem", "pk")
        found.update({(word, stem): pk for word, stem, pk in rows})
    return found


def _cut(every: Sequence[str]) -> Iterable[list[str]]:
    return (list(every[i : i + SOME]) for i in range(0, len(every), SOME))
