"""Who may do and see what with a treasure, on plain objects."""

from typing import Any

from essor.territories.doors import FACILITATOR, HOST, Rights
from essor.treasures.models import Treasure

TREASURE = "treasure"
"""The kind of key that a browser holds for the treasures it wrote down (``Visitor.give_key``)."""
KEEPERS = (HOST, FACILITATOR)
"""Who of the team looks after the inventory."""
OPEN = frozenset({Treasure.State.SHOWN, Treasure.State.GONE})


def is_public(treasure: Treasure) -> bool:
    """Whether everybody may read its page; one that is gone keeps its address."""
    return treasure.state in OPEN


def keeps_treasure(rights: Rights, *, treasure: Treasure, **others: Any) -> bool:
    """This browser wrote it down (or opened its personal link), or it is the person's account."""
    if rights.holds(TREASURE, treasure.public_id):
        return True
    return rights.person is not None and rights.person.pk == treasure.keeper_id
