"""Reminding the contact of a group, or the hosts, of promises that wait: one mail a day at most."""

from collections import defaultdict
from datetime import datetime

from django.utils import timezone

from essor.exchanges.letters import follow_up_key, post_follow_up
from essor.exchanges.models import Commitment
from essor.exchanges.reminding import (
    FROM_HOUR,
    contacts_of,
    is_near,
    perhaps_due,
    step_due,
    without_resting,
)
from essor.kit.locks import lock, lock_all
from essor.kit.models import Mail
from essor.ledger.actions import Named, action, nothing_changed, record
from essor.ledger.models import Audience
from essor.people.models import Person


@action
def remind(*, by: Named | None, at: datetime) -> int:
    """Write one mail to each who follows promises up that are due; how many were written.

    Each step of each promise is remembered once. Whoever had today's mail hears of the rest
    tomorrow. Before ``FROM_HOUR`` nothing leaves.
    """
    local = timezone.localtime(at)
    due = _due(at) if local.hour >= FROM_HOUR else []
    written: dict[Person, list[Commitment]] = defaultdict(list)
    for commitment, people in contacts_of(due).items():
        keys = [follow_up_key(person, local.date()) for person in people]
        if not people or Mail.objects.filter(key__in=keys).exists():
            continue
        for person in people:
            written[person].append(commitment)
        commitment.reminded = step_due(commitment, local.date())
        commitment.save(update_fields=["reminded"])
        record(
            by=by, at=at, verb="reminded", of=commitment, territory=commitment.territory,
            audience=Audience.TEAM, data={"days": commitment.reminded},
        )  # fmt: skip
    for person, commitments in written.items():
        post_follow_up(person, commitments, at=at)
    if not written:
        nothing_changed()
    return len(written)


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
        audience=Audience.PERSON, data={"until": str(commitment.until)},
    )  # fmt: skip
    return True


def _due(at: datetime) -> list[Commitment]:
    """The promises that are due, locked: two workers never remember the same one."""
    today = timezone.localtime(at).date()
    likely = [each for each in perhaps_due(at) if step_due(each, today)]
    likely = without_resting(likely, today)
    return [each for each in lock_all(*likely) if step_due(each, today)]
