"""Harvests with how much was gathered in each."""

from django.db.models import Count, Max, Q, QuerySet

from essor.harvest.models import Harvest, Idea
from essor.territories.models import Territory


def harvests_of(territory: Territory, *, with_drafts: bool) -> QuerySet[Harvest]:
    """Latest first, each with ``idea_count`` and ``last_said_at``; open ones before the others."""
    kept = Q(ideas__state=Idea.State.SHOWN)
    found = Harvest.objects.filter(territory=territory).annotate(
        idea_count=Count("ideas", filter=kept), last_said_at=Max("ideas__said_at", filter=kept)
    )
    return found if with_drafts else found.exclude(state=Harvest.State.DRAFT)


def open_harvest(territory: Territory) -> Harvest | None:
    """The harvest that takes ideas now, the latest where there are several."""
    return Harvest.objects.filter(territory=territory, state=Harvest.State.OPEN).first()
