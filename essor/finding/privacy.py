"""The index holds what rooms show to everybody; whoever is erased leaves it in the same moment."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from essor.algos.finding import forms
from essor.algos.text import words
from essor.finding.models import Bookmark, Gram, Page, Posting, Word
from essor.finding.writing import take_out
from essor.kit.privacy import also_forget, declare
from essor.people.models import Person

declare(Page, _("pages that searching finds"), plain="key territory stems digest since")
declare(Posting, _("where words stand"), plain="stem territory pages")
declare(Word, _("words of public pages"), plain="word stem")
declare(Gram, _("letters of words"), plain="letters words")
declare(Bookmark, _("how far the index has read"), plain="name before line made_by remade")


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
