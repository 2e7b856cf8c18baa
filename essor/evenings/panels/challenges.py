"""What a merge of challenges asks of evenings: their list and people's choices go along."""

from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from essor.challenges.carrying import before_merging, while_merging
from essor.challenges.models import Challenge
from essor.evenings.models import Choice, Evening, Plan

UNDER_WAY = (Evening.State.OPEN, Evening.State.CLOSED, Evening.State.LIVE)


def plan_names_it(challenge: Challenge) -> Promise | None:
    """A seating plan names its challenges: merging one away would leave its tables without any."""
    planned = Plan.objects.filter(
        evening__challenges=challenge, evening__state__in=UNDER_WAY
    ).exists()
    if not planned:
        return None
    return _(
        "An evening with a seating plan uses it: merge after that evening, or merge the tables."
    )


def carry_choices(old: Challenge, new: Challenge, at: datetime) -> None:
    """Evenings to come offer ``new`` in its place; whoever chose ``old`` chose ``new``, once."""
    coming = Evening.objects.filter(challenges=old).exclude(state=Evening.State.OVER)
    for evening in coming.order_by("id"):
        evening.challenges.add(new)
        evening.challenges.remove(old)
        chosen = Choice.objects.filter(registration__evening=evening)
        both = chosen.filter(challenge=new).values("registration")
        chosen.filter(challenge=old, registration__in=both).delete()
        chosen.filter(challenge=old).update(challenge=new)


before_merging(plan_names_it)
while_merging(carry_choices)
