"""Reads of treasures: what a territory is rich in, by kind."""

from dataclasses import dataclass

from essor.territories.models import Territory
from essor.treasures.models import Treasure


@dataclass(frozen=True, slots=True)
class Kind:
    """Treasures of one kind, in the order of their names."""

    kind: str
    label: str
    treasures: list[Treasure]


def treasures_of(territory: Territory) -> list[Kind]:
    """One query; kinds without treasures are left out."""
    found = list(Treasure.objects.filter(territory=territory).order_by("name", "id"))
    return [
        Kind(kind.value, str(kind.label), [each for each in found if each.kind == kind])
        for kind in Treasure.Kind
        if any(each.kind == kind for each in found)
    ]
