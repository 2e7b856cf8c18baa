"""Remembering that people were told what became of their ideas: each fate once."""

from collections.abc import Sequence
from datetime import datetime

from essor.harvest.models import Fate, Telling
from essor.ledger.actions import Named, action, nothing_changed, record, step


@step
def mark_told(*, tellings: Sequence[tuple[int, str]], at: datetime) -> None:
    """These people (primary keys) were told of these fates (public ids), in a digest.

    Raises ``IntegrityError`` where one was told before.
    """
    fates = Fate.objects.filter(public_id__in={key for _person, key in tellings})
    ids = dict(fates.values_list("public_id", "pk"))
    Telling.objects.bulk_create(
        Telling(fate_id=ids[key], person_id=person, at=at) for person, key in tellings
    )


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
