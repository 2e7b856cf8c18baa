"""Writing to everybody the day after: once each, in batches."""

from collections.abc import Sequence
from datetime import datetime

from essor.evenings.day_after import post_day_after
from essor.evenings.models import Evening
from essor.evenings.queries.day_after import Recipient, key_of
from essor.evenings.queries.screen import counts_of
from essor.kit.locks import lock
from essor.kit.models import Mail
from essor.ledger.actions import Named, action, nothing_changed, record


class NotOverYet(Exception):
    """The day after begins when the evening is over."""


@action
def write_day_after(
    *, evening: Evening, recipients: Sequence[Recipient], by: Named | None, at: datetime
) -> int:
    """Queue the mail of each of ``recipients`` who has not got it; answer how many were new.

    A mail over a person's weekly budget is held, as every news is. Raises ``NotOverYet``.
    """
    if lock(evening).state != Evening.State.OVER:
        raise NotOverYet
    keys = {key_of(evening, each.person): each for each in recipients}
    known = set(Mail.objects.filter(key__in=keys).values_list("key", flat=True))
    counts = counts_of(evening)
    fresh = [each for key, each in keys.items() if key not in known]
    for recipient in fresh:
        post_day_after(evening, recipient, counts, by=by, at=at)
    if not fresh:
        nothing_changed()
        return 0
    record(
        by=by,
        at=at,
        verb="day_after_written",
        of=evening,
        territory=evening.territory,
        data={"people": len(fresh)},
    )
    return len(fresh)
