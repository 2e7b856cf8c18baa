"""What waits for a look in the inventory, and one treasure with all that was said of it."""

from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.models import Count, QuerySet

from essor.kit.prepared import Columns
from essor.territories.models import Territory
from essor.treasures.models import Correction, Treasure

State = Correction.State
SHOWN = 60


def remarks_waiting(territory: Territory) -> QuerySet[Correction]:
    """What people said of treasures, the oldest first."""
    return (
        Correction.objects.filter(treasure__territory=territory, state=State.WAITING)
        .select_related("treasure", "person")
        .order_by("at", "id")
    )


def treasures_waiting(territory: Territory) -> QuerySet[Treasure]:
    """Treasures that nobody of the team has looked at yet, the oldest first."""
    return Treasure.objects.filter(territory=territory, state=Treasure.State.WAITING).order_by(
        "created_at", "id"
    )


def hidden_ones(territory: Territory) -> QuerySet[Treasure]:
    return Treasure.objects.filter(territory=territory, state=Treasure.State.HIDDEN).order_by(
        "-changed_at", "-id"
    )


def waiting_count(territory: Territory) -> int:
    """How much waits for a look; one query."""
    return sum(count for (count,) in _waiting(connection.vendor, territory.pk).rows())


@lru_cache(maxsize=300)
def _waiting(vendor: str, territory: int) -> Columns:
    """Remarks and treasures that wait, each counted; on every host desk, so written once."""
    here = Territory(pk=territory)
    counts = [
        rows.select_related(None)
        .order_by()
        .values("state")
        .annotate(n=Count("pk"))
        .values_list("n")
        for rows in (remarks_waiting(here), treasures_waiting(here))
    ]
    return Columns(counts[0].union(counts[1], all=True))


def one_treasure(treasure: Treasure) -> dict[str, Any]:
    """What a treasure's page shows besides its words: who confirmed it, what was corrected."""
    taken = treasure.corrections.filter(state=State.TAKEN, reason=Correction.Reason.WRONG)
    return {
        "themes": list(treasure.themes.all()),
        "confirmations": list(treasure.confirmations.select_related("person")[:12]),
        "confirmation_count": treasure.confirmations.count(),
        "corrections": list(taken.order_by("-settled_at", "-id")[:12]),
        "waiting": treasure.corrections.filter(state=State.WAITING).count(),
    }
