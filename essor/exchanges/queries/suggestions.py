"""What is suggested to a need or for a treasure: only what is open on both sides at this moment."""

from dataclasses import dataclass

from django.db.models import QuerySet

from essor.exchanges.matching.things import open_for_offers
from essor.exchanges.matching.words import why
from essor.exchanges.models import Need, Suggestion
from essor.treasures.models import Treasure

SHOWN = 6


@dataclass(frozen=True, slots=True)
class Shown:
    """A suggestion with why it is one, in the reader's words."""

    suggestion: Suggestion
    why: str


def _open() -> QuerySet[Suggestion]:
    return Suggestion.objects.filter(open_for_offers(), declined_at=None)


def for_need(need: Need, *, promises: bool) -> list[Shown]:
    """Offers that may answer ``need``, best first; ``promises`` to the territory are for its hosts."""
    found = _open().filter(need=need).select_related("treasure__keeper", "commitment__person")
    if not promises:
        found = found.filter(commitment=None)
    shown = []
    for each in found.order_by("-score", "id")[:SHOWN]:
        each.need = need
        shown.append(Shown(each, why(each, text_of(each))))
    return shown


def text_of(suggestion: Suggestion) -> str:
    if suggestion.treasure is not None:
        return f"{suggestion.treasure.name} {suggestion.treasure.description}"
    return str(suggestion.commitment)


def for_treasure(treasure: Treasure) -> list[Shown]:
    """Needs that ``treasure`` may answer, best first."""
    found = _open().filter(treasure=treasure).select_related("need__project")
    text = f"{treasure.name} {treasure.description}"
    return [Shown(each, why(each, text)) for each in found.order_by("-score", "id")[:SHOWN]]
