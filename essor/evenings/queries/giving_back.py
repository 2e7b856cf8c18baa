"""Which ideas of an evening may go back to a harvest, and which are there already."""

from essor.evenings.models import Evening, TableIdea
from essor.harvest.models import Harvest, Idea


def origin_of(idea: TableIdea) -> str:
    """What the harvest remembers, so that an idea comes in once, whichever harvest it went to."""
    return f"table-idea:{idea.public_id}"


def to_give_back(evening: Evening) -> list[TableIdea]:
    """Ideas that are neither hidden, nor for their table alone, nor in a harvest yet; two queries."""
    ideas = (
        TableIdea.objects.filter(table__evening=evening, hidden=False, table_only=False)
        .select_related("table")
        .order_by("table__number", "at", "id")
    )
    there = set(
        Idea.objects.filter(
            territory=evening.territory_id, origin__startswith="table-idea:"
        ).values_list("origin", flat=True)
    )
    return [idea for idea in ideas if origin_of(idea) not in there]


def harvests_for(evening: Evening) -> list[Harvest]:
    """The territory's harvests that still take what the team brings, the latest first."""
    over = Harvest.State.CLOSED
    found = Harvest.objects.filter(territory=evening.territory_id).exclude(state=over)
    return list(found.order_by("-created_at", "-id"))
