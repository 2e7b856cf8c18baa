"""How many people put a challenge among their choices."""

from collections.abc import Sequence

from django.db.models import Count

from essor.evenings.models import Choice, Registration


def people_who_chose(challenges: Sequence[int]) -> dict[int, int]:
    """People by challenge (primary keys), each counted once; 0 where nobody did."""
    coming = [Registration.State.REGISTERED, Registration.State.WAITING]
    found = (
        Choice.objects.filter(challenge__in=challenges, registration__state__in=coming)
        .order_by()
        .values_list("challenge")
        .annotate(people=Count("registration__person", distinct=True))
    )
    return dict.fromkeys(challenges, 0) | dict(found)
