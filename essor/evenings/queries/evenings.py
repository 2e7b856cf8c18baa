"""Evenings of a territory: those to come, those that were."""

from datetime import date

from django.db.models import QuerySet

from essor.evenings.models import Evening
from essor.territories.models import Territory


def evenings_seen(territory: Territory, *, by_team: bool) -> QuerySet[Evening]:
    """Every evening of the territory; those in preparation only for its team."""
    evenings = Evening.objects.filter(territory=territory)
    return evenings if by_team else evenings.exclude(state=Evening.State.DRAFT)


def next_evening(territory: Territory, today: date) -> Evening | None:
    """The evening that comes first from ``today`` on, if one is announced."""
    return (
        evenings_seen(territory, by_team=False)
        .exclude(state=Evening.State.OVER)
        .filter(date__gte=today)
        .order_by("date", "id")
        .first()
    )
