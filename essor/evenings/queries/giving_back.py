"""Which ideas of an evening may go back to a harvest, and which are there already."""

from collections.abc import Collection

from django.db.models import QuerySet

from essor.evenings.models import Evening, TableIdea
from essor.harvest.models import Harvest, Idea

PREFIX = "table-idea:"
ORDER = ("table__number", "at", "id")


def origin_of(public_id: str) -> str:
    """What the harvest remembers, so that an idea comes in once, whichever harvest it went to."""
    return f"{PREFIX}{public_id}"


def to_give_back(evening: Evening) -> list[TableIdea]:
    """Ideas that are neither hidden, nor for their table alone, nor in a harvest yet; two queries."""
    there = _brought(evening)
    ideas = _leaving(evening).select_related("table")
    return [idea for idea in ideas if origin_of(idea.public_id) not in there]


def keys_to_give_back(evening: Evening) -> list[int]:
    """The keys of the same, for a page that shows some of them; two queries."""
    there = _brought(evening)
    ideas = _leaving(evening).values_list("pk", "public_id")
    return [key for key, public_id in ideas if origin_of(public_id) not in there]


def shown_to_give_back(keys: Collection[int]) -> list[TableIdea]:
    """These ideas with their tables, in the same order."""
    found = TableIdea.objects.filter(pk__in=keys).select_related("table")
    return list(found.order_by(*ORDER))


def _leaving(evening: Evening) -> QuerySet[TableIdea]:
    ideas = TableIdea.objects.filter(table__evening=evening, hidden=False, table_only=False)
    return ideas.order_by(*ORDER)


def _brought(evening: Evening) -> set[str]:
    """The origins that are in a harvest already."""
    ideas = Idea.objects.filter(territory=evening.territory_id, origin__startswith=PREFIX)
    return set(ideas.values_list("origin", flat=True))


def harvests_for(evening: Evening) -> list[Harvest]:
    """The territory's harvests that still take what the team brings, the latest first."""
    over = Harvest.State.CLOSED
    found = Harvest.objects.filter(territory=evening.territory_id).exclude(state=over)
    return list(found.order_by("-created_at", "-id"))
