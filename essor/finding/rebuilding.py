"""Making the index again, a territory at a time, while people search in what there is."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from django.db import transaction
from django.db.models import QuerySet

from essor.finding.index import Fresh, batches, fresh, last_line, set_bookmark
from essor.finding.models import Bookmark, Page, Posting, Word
from essor.finding.writing import NAME, SOME, add_words, write_lists, write_pages
from essor.kit import clock
from essor.kit.finding import kinds
from essor.territories.models import Territory

Lists = Mapping[str, Sequence[tuple[int, float]]]


def rebuild() -> int:
    """Make the whole index again. Returns how many pages it has."""
    line = last_line()
    made = sum(remake(each) for each in _territories())
    _finish(line)
    return made


def rebuild_some(most: int) -> bool:
    """Go on making the index again for some ``most`` things; whether it stands now.

    Where this was is kept in the bookmark, so that another worker may go on.
    """
    mark, _new = Bookmark.objects.get_or_create(name=NAME)
    if not mark.remade:
        Bookmark.objects.filter(pk=mark.pk).update(line=last_line())
        mark.refresh_from_db()
    made = 0
    for each in _territories().filter(pk__gt=mark.remade):
        made += remake(each)
        Bookmark.objects.filter(pk=mark.pk).update(remade=each)
        if made >= most:
            return False
    _finish(mark.line)
    return True


def remake(territory: int) -> int:
    """Make the index of one territory again, in small transactions. Returns how many pages.

    Pages are written after lists: should somebody take in a change meanwhile, its digest differs
    from what is written here, and the change is taken in again.
    """
    lists: dict[str, list[tuple[int, float]]] = defaultdict(list)
    written: set[tuple[str, str]] = set()
    pages: list[Fresh] = []
    for kind in kinds().values():
        things = kind.public().filter(**{kind.place: territory}).order_by("pk")
        for each in (fresh(kind, thing) for thing in things.iterator(SOME)):
            pages.append(each)
            written |= each.terms.written
            for stem, weight in each.terms.weights.items():
                lists[stem].append((each.key, weight))
    _write(territory, lists, pages)
    for words in batches(sorted(written), 4 * SOME):
        with transaction.atomic():
            add_words(words)
    return len(pages)


def _write(territory: int, lists: Lists, pages: Sequence[Fresh]) -> None:
    for stems in batches(sorted(lists), SOME):
        write_lists(territory, {stem: lists[stem] for stem in stems})
    for some in batches(pages, SOME):
        write_pages(some, at=clock.now())
    old = Posting.objects.filter(territory=territory)
    stale = set(old.values_list("stem", flat=True)) - lists.keys()
    for stems in batches(sorted(stale), SOME):
        old.filter(stem__in=stems).delete()
    known = Page.objects.filter(territory=territory)
    gone = set(known.values_list("key", flat=True)) - {each.key for each in pages}
    for keys in batches(sorted(gone), SOME):
        known.filter(key__in=keys).delete()


def _finish(line: int) -> None:
    """Nothing of territories that are gone, nor words that no page has; the bookmark is set."""
    here = list(_territories())
    Page.objects.exclude(territory__in=here).delete()
    Posting.objects.exclude(territory__in=here).delete()
    unheard = Word.objects.exclude(stem__in=Posting.objects.order_by().values("stem"))
    for some in batches(list(unheard.order_by("pk").values_list("pk", flat=True)), SOME):
        Word.objects.filter(pk__in=some).delete()
    set_bookmark(line)


def _territories() -> "QuerySet[Territory, int]":
    return Territory.objects.order_by("pk").values_list("pk", flat=True)
