"""Remembering promises that wait, once a step; saying that a day is near."""

from collections.abc import Collection
from datetime import datetime

from django.utils import timezone

from essor.exchanges.models import Commitment
from essor.exchanges.reminding import is_near, step_due
from essor.kit.locks import lock, lock_all
from essor.ledger.actions import Named, action, nothing_changed, record
from essor.ledger.models import Audience
from essor.news.timing import due_day


@action
def remember_waiting(*, keys: Collection[str], by: Named | None, at: datetime) -> int:
    """A digest tells whoever follows these promises (public ids) up that they wait; how many steps.

    Each step of each promise is remembered once, whoever hears of it; what was answered meanwhile
    is left alone.
    """
    today, steps = timezone.localtime(at).date(), 0
    for commitment in lock_all(*Commitment.objects.filter(public_id__in=keys).order_by("id")):
        step = step_due(commitment, today)
        if not step:
            continue
        commitment.reminded, commitment.reminded_in = step, due_day(at)
        commitment.save(update_fields=["reminded", "reminded_in"])
        record(
            by=by, at=at, verb="reminded", of=commitment, territory=commitment.territory,
            audience=Audience.TEAM, part_of=commitment.project, data={"days": step},
        )  # fmt: skip
        steps += 1
    if not steps:
        nothing_changed()
    return steps


@action
def say_day_is_near(*, commitment: Commitment, by: Named | None, at: datetime) -> bool:
    """A promise that was taken up has its day in ``NEAR``: its person hears once of this day.

    Another day is told again; one that has passed (the server slept) is not. Whether it was new.
    """
    commitment = lock(commitment)
    if not is_near(commitment, at) or commitment.due_told == commitment.until:
        nothing_changed()
        return False
    commitment.due_told = commitment.until
    commitment.save(update_fields=["due_told"])
    record(
        by=by, at=at, verb="day_is_near", of=commitment, territory=commitment.territory,
        audience=Audience.PERSON, part_of=commitment.project,
        data={"until": str(commitment.until)},
    )  # fmt: skip
    return True
