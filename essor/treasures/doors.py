"""How treasures and lists of them are found inside a territory."""

from essor.kit.prepared import within
from essor.territories.doors import Opens, Rights, found_in
from essor.territories.models import Territory
from essor.treasures.models import Correction, Treasure, TreasureList
from essor.treasures.rules import is_public, keeps_treasure

_treasure = within(Treasure, "territory", "sphere", "keeper", "brought_in_by")


def find_treasure(rights: Rights, territory: Territory, key: str) -> Treasure | None:
    """A treasure of this territory: for everybody while it is public, always for keeper and team."""
    found = _treasure.first(territory.pk, key)
    if found is None:
        return None
    found.territory = territory
    seen = is_public(found) or rights.is_team or keeps_treasure(rights, treasure=found)
    return found if seen else None


def find_correction(rights: Rights, territory: Territory, key: str) -> Correction | None:
    """What somebody said of a treasure of this territory."""
    found = (
        Correction.objects.select_related("treasure", "person")
        .filter(treasure__territory=territory, public_id=key)
        .first()
    )
    if found is not None:
        found.treasure.territory = territory
    return found


a_treasure = Opens("treasure", find_treasure)
a_correction = Opens("correction", find_correction)
a_list = Opens("treasures", found_in(TreasureList, "territory"))
