"""Access needs reveal health: they go seven days after the evening."""

from datetime import datetime, timedelta

from essor.evenings.models import AccessNeed, Evening
from essor.ledger.actions import Named, action, nothing_changed, record

KEPT = timedelta(days=7)


@action
def forget_access_needs(*, by: Named | None, at: datetime) -> int:
    """Erase the access needs of every evening that was more than a week ago; returns how many."""
    past = Evening.objects.filter(date__lt=(at - KEPT).date())
    gone = 0
    for evening in past.filter(registrations__access_need__isnull=False).distinct():
        erased, _ = AccessNeed.objects.filter(registration__evening=evening).delete()
        gone += erased
        record(
            by=by,
            at=at,
            verb="forgot_access_needs",
            of=evening,
            territory=evening.territory,
            data={"number": erased},
        )
    if not gone:
        nothing_changed()
    return gone
