"""Noting that a human of the team called whoever promised something."""

from datetime import date, datetime

from django.utils import timezone

from essor.exchanges.models import Call, Commitment
from essor.kit.locks import lock
from essor.ledger.actions import action, record
from essor.ledger.models import Audience
from essor.people.models import Person


class NothingSaid(Exception):
    """A note of a call says what came of it."""


class DayToCome(Exception):
    """A call that is noted was made today at the latest."""


class DayPassed(Exception):
    """One calls again on a day after today."""


@action
def note_call(
    *,
    commitment: Commitment,
    on: date,
    words: str,
    again_on: date | None,
    by: Person | None,
    at: datetime,
) -> Call:
    """Keep that ``by`` called; until ``again_on`` (without one: for good) nobody is asked to call.

    Two hosts who called both keep their note; the later call says when to call again. Raises
    ``NothingSaid``, ``DayToCome`` and ``DayPassed``.
    """
    today = timezone.localtime(at).date()
    words = words.strip()[:400]
    if not words:
        raise NothingSaid
    if on > today:
        raise DayToCome
    if again_on is not None and again_on <= today:
        raise DayPassed
    commitment = lock(commitment)
    call = Call.objects.create(
        commitment=commitment, by=by, on=on, words=words, again_on=again_on, at=at
    )
    latest = commitment.calls.order_by("-on", "-id")[0]
    commitment.called_on, commitment.call_again_on = latest.on, latest.again_on
    commitment.save(update_fields=["called_on", "call_again_on"])
    record(
        by=by, at=at, verb="called", of=commitment, territory=commitment.territory,
        audience=Audience.TEAM, part_of=commitment.project,
    )  # fmt: skip
    return call
