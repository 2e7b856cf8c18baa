"""What waits for a kind look: ideas before they are public, reports, appeals."""

from django.db.models import Count, Prefetch, Q, QuerySet

from essor.harvest.models import Harvest, Idea, Report
from essor.kit.prepared import Prepared
from essor.territories.models import Territory

WAITING = (Report.State.OPEN, Report.State.APPEALED)


def to_look_at(harvest: Harvest) -> QuerySet[Idea]:
    """Ideas with ``open_reports``, appeals first, then reports, then those that wait; the oldest first."""
    reported = Q(reports__state__in=WAITING)
    return (
        Idea.objects.filter(harvest=harvest)
        .filter(reported | Q(state=Idea.State.WAITING))
        .exclude(state=Idea.State.WITHDRAWN)
        .distinct()
        .select_related("source", "author")
        .prefetch_related(
            Prefetch(
                "reports",
                queryset=Report.objects.filter(state__in=WAITING).order_by("state", "at", "id"),
                to_attr="open_reports",
            )
        )
        .order_by("state", "said_at", "id")
    )


def hidden_ones(harvest: Harvest) -> QuerySet[Idea]:
    """Hidden ideas, the latest first, with why."""
    return Idea.objects.filter(harvest=harvest, state=Idea.State.HIDDEN).select_related("source")


def looks_wanted(territory: Territory) -> list[Harvest]:
    """Harvests where something waits for a look, with ``look_count``; one query."""
    return _looks_wanted.all(territory.pk)


def _with_looks(territory: int) -> QuerySet[Harvest]:
    there = (Idea.State.WAITING, Idea.State.SHOWN, Idea.State.HIDDEN)  # what is taken back is not
    reported = Q(ideas__reports__state__in=WAITING, ideas__state__in=there)
    ideas = Q(ideas__state=Idea.State.WAITING) | reported
    return (
        Harvest.objects.filter(territory_id=territory)
        .annotate(look_count=Count("ideas", filter=ideas, distinct=True))
        .filter(look_count__gt=0)
    )


_looks_wanted = Prepared(_with_looks, int)
