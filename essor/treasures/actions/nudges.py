"""Asking the keeper of treasures, once a year, whether they are still so."""

from collections.abc import Sequence
from datetime import datetime

from essor.ledger.actions import Named, action, nothing_changed, record
from essor.ledger.models import Audience
from essor.people.models import Person
from essor.treasures.actions.treasures import personal_link
from essor.treasures.letters import post_yearly
from essor.treasures.models import Treasure


@action
def ask_keeper(
    *, person: Person, treasures: Sequence[Treasure], by: Named | None, at: datetime
) -> int:
    """One mail about all of them; whoever was asked meanwhile is not asked again. How many.

    ``treasures`` are of one territory and of ``person``.
    """
    before = [each.asked_at for each in treasures]
    mine = [
        each
        for each, was in zip(treasures, before, strict=True)
        if Treasure.objects.filter(pk=each.pk, asked_at=was).update(asked_at=at)
    ]
    if not mine:
        nothing_changed()
        return 0
    token = personal_link(mine[0], by=by, at=at)
    key = f"treasures-yearly:{person.public_id}:{mine[0].territory.public_id}:{at.date()}"
    post_yearly(person, mine, token=token, key=key, at=at)
    record(
        by=by, at=at, verb="keeper_asked", of=person, territory=mine[0].territory,
        audience=Audience.PERSON, data={"treasures": len(mine)},
    )  # fmt: skip
    return len(mine)
