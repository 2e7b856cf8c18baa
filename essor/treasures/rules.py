"""Who may do and see what with a treasure, on plain objects."""

from essor.territories.doors import FACILITATOR, HOST, holder
from essor.treasures.models import Treasure

TREASURE = "treasure"
"""The kind of key that a browser holds for the treasures it wrote down (``Visitor.give_key``)."""
KEEPERS = (HOST, FACILITATOR)
"""Who of the team looks after the inventory."""
OPEN = frozenset({Treasure.State.SHOWN, Treasure.State.GONE})


def is_public(treasure: Treasure) -> bool:
    """Whether everybody may read its page; one that is gone keeps its address."""
    return treasure.state in OPEN


keeps_treasure = holder("treasure", TREASURE, person="keeper_id")
