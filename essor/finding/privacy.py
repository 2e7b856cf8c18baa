"""What this room keeps of people: searches kept by mail. The index holds what rooms show to everybody.

Whoever is erased leaves the index in the same moment.
"""

from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from essor.algos.finding import forms
from essor.algos.text import words
from essor.finding.actions import end_search
from essor.finding.models import Bookmark, Gram, Page, Posting, SavedSearch, ToldFinding, Word
from essor.finding.writing import take_out
from essor.kit import clock
from essor.kit.privacy import Basis, Personal, Seen, also_forget, declare, goes_after
from essor.people.models import Person

declare(Page, _("pages that searching finds"), plain="key territory stems digest since")
declare(Posting, _("where words stand"), plain="stem territory pages")
declare(Word, _("words of public pages"), plain="word stem")
declare(Gram, _("letters of words"), plain="letters words")
declare(Bookmark, _("how far the index has read"), plain="name before line made_by remade")
declare(
    SavedSearch,
    _("searches kept by mail"),
    subject="person",
    personal={
        "person words territory kind asked_at confirmed_at": Personal(
            _("to tell by mail what is new about some words"),
            _("until the search is ended; a week where it is not confirmed"),
            Seen.ONESELF,
            basis=Basis.CONSENT,
        )
    },
    plain="public_id",
)
declare(
    ToldFinding,
    _("what saved searches brought"),
    subject="search__person",
    personal={
        "search page at": Personal(
            _("so that nobody is told the same thing twice"), _("two months"), Seen.ONESELF
        )
    },
)
UNCONFIRMED, TRACES = timedelta(days=7), timedelta(days=60)


def forget_unconfirmed(before: datetime) -> int:
    """What nobody confirmed goes, with the address where nothing else is kept of it."""
    waiting = SavedSearch.objects.filter(confirmed_at=None, asked_at__lt=before)
    searches = list(waiting.select_related("person").order_by("id"))
    for search in searches:
        end_search(search=search, by=None, at=clock.now())
    return len(searches)


def forget_traces(before: datetime) -> int:
    """What was told before ``before`` is no news any more (``digests.NEWS_FOR``)."""
    return ToldFinding.objects.filter(at__lt=before).delete()[0]


goes_after(_("searches that nobody confirmed"), UNCONFIRMED, forget_unconfirmed)
goes_after(_("traces of what saved searches brought"), TRACES, forget_traces)


def leave_the_index(person: Person, at: datetime) -> None:
    """Pages that may name the person leave the index; without the name they come back by themselves.

    ``index.catch_up`` looks for what is missing once it reads that somebody was erased.
    """
    for said in (person.name if person.last_name else "", person.phone):
        named = [forms(each.text) for each in words(said, "fr")]
        pages = set.intersection(*map(_pages_with, named)) if named else set()
        if pages:
            take_out(pages)


def _pages_with(stems: frozenset[str]) -> set[int]:
    found = Page.objects.none()
    for stem in stems:
        found |= Page.objects.filter(stems__contains=stem)
    return {key for key, kept in found.values_list("key", "stems") if stems & set(kept.split())}


also_forget(leave_the_index)
