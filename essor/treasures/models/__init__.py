"""What this room keeps: treasures, who confirmed them, what others say of them, lists of them."""

from essor.treasures.models.arrivals import Arrival
from essor.treasures.models.lists import TreasureList
from essor.treasures.models.remarks import Confirmation, Correction
from essor.treasures.models.treasure import Treasure

__all__ = ["Arrival", "Confirmation", "Correction", "Treasure", "TreasureList"]
