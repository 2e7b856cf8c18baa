"""Telling people what became of their ideas: one digest a person, each fate once."""

from collections.abc import Sequence
from datetime import datetime

from essor.harvest.letters import post_fates
from essor.harvest.models import Fate, Telling
from essor.ledger.actions import Named, action, nothing_changed, record
from essor.ledger.models import Audience
from essor.people.models import Person


@action
def tell_person(*, person: Person, fates: Sequence[Fate], by: Named | None, at: datetime) -> None:
    """Queue one digest with all of ``fates`` and remember that this person was told of each.

    Two workers at once: the second meets the constraint, and neither its rows nor its mail stay.
    """
    Telling.objects.bulk_create(Telling(fate=fate, person=person, at=at) for fate in fates)
    post_fates(person, fates, at=at)
    record(by=by, at=at, verb="fates_told", of=person, audience=Audience.PERSON,
           data={"fates": len(fates)})  # fmt: skip


@action
def mark_heard(*, fates: Sequence[Fate], by: Named | None, at: datetime) -> int:
    """Nobody is left to tell of these fates; answers how many were new."""
    fresh = Fate.objects.filter(pk__in=[fate.pk for fate in fates], told_at=None)
    first = fresh.select_related("idea__territory").first()
    if first is None:
        nothing_changed()
        return 0
    count = fresh.update(told_at=at)
    record(by=by, at=at, verb="fates_heard", of=first.idea, territory=first.idea.territory,
           data={"fates": count})  # fmt: skip
    return count
