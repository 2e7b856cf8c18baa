"""Where a treasure is, blurred before it is kept.

The exact place of a blurred treasure never reaches the database: it cannot leave by an export, a
backup or a mistake. See docs/decisions/0015.
"""

import math
import re

from essor.people.places import place_of
from essor.treasures.models import Treasure

Precision, Kind = Treasure.Precision, Treasure.Kind
Point = tuple[float, float]
CELL = 0.01
"""Height of a cell in degrees: 1.1 km. Cells are as wide as high on the ground."""
COORDINATES = re.compile(
    r"^\s*([-+]?\d{1,3}(?:[.,]\d+)?)\s*[°]?\s*[,;/\s]\s*([-+]?\d{1,3}(?:[.,]\d+)?)\s*[°]?\s*$"
)


def blurred(point: Point | None, precision: str, commune_code: str) -> Point | None:
    """The point to keep: exact to a metre, the middle of its cell, or the commune's town hall.

    Always the same cell for the same place: whoever asks again and again learns no more.
    """
    if precision == Precision.COMMUNE or point is None:
        return place_of(commune_code)
    latitude, longitude = point
    if precision == Precision.EXACT:
        return round(latitude, 5), round(longitude, 5)
    row = math.floor(latitude / CELL)
    middle = (row + 0.5) * CELL
    width = CELL / max(math.cos(math.radians(middle)), 0.01)
    column = math.floor(longitude / width)
    return round(middle, 4), round((column + 0.5) * width, 4)


def at_least_blurred(kind: str, precision: str) -> str:
    """What people know is found through people: their exact door is nobody's business."""
    if kind == Kind.HUMAN and precision == Precision.EXACT:
        return Precision.ABOUT
    return precision


def point_of(text: str) -> Point | None:
    """Latitude and longitude as people paste them: « 44.93, 4.89 », « 44,93 ; 4,89 »."""
    found = COORDINATES.match(text)
    if not found:
        return None
    latitude, longitude = (float(part.replace(",", ".")) for part in found.groups())
    if abs(latitude) > 90 or abs(longitude) > 180:
        return None
    return latitude, longitude
