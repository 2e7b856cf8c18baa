"""An evening whose day is near is said to be so, once, to whoever follows its territory."""

from datetime import datetime, timedelta

from django.utils import timezone

from essor.evenings.models import Evening
from essor.kit.locks import lock
from essor.ledger.actions import Named, action, nothing_changed, record
from essor.ledger.models import Audience, Entry

NEAR = timedelta(days=10)
"""So that the week's digest still comes before the day."""
VERB = "evening_near"


def whose_day_is_near(at: datetime) -> list[Evening]:
    """Open evenings within ``NEAR``, by the clock of the house."""
    today = timezone.localtime(at).date()
    near = Evening.objects.filter(state=Evening.State.OPEN, date__range=(today, today + NEAR))
    return list(near.select_related("territory").order_by("date", "id"))


@action
def say_evening_is_near(*, evening: Evening, by: Named | None, at: datetime) -> bool:
    """One line for each day that an evening is set on; whether it was new."""
    territory = evening.territory
    evening = lock(evening)
    day = str(evening.date)
    said = Entry.objects.filter(of_type="evening", of_id=evening.public_id, verb=VERB)
    if evening.state != Evening.State.OPEN or said.filter(data__date=day).exists():
        nothing_changed()
        return False
    record(
        by=by, at=at, verb=VERB, of=evening, territory=territory, audience=Audience.PUBLIC,
        data={"date": day},
    )  # fmt: skip
    return True
