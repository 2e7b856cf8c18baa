"""Where a commune is: its town hall, from a file that ``tools/outlines.py`` wrote.

From the State's directory of public services (Licence Ouverte 2.0). Where the file was not built,
no commune has a place, and nothing else fails.
"""

from functools import lru_cache
from pathlib import Path

from django.conf import settings

from essor.kit.sorted_file import SortedFile

FINE = 10_000
"""Coordinates in the files are whole numbers of ten-thousandths of a degree."""


def place_of(code: str) -> tuple[float, float] | None:
    """Latitude and longitude of the town hall of the commune with this INSEE code."""
    if not code.isalnum():
        return None
    for line in _places().beginning(f"{code}\t"):
        _, latitude, longitude = line.split(b"\t")
        return int(latitude) / FINE, int(longitude) / FINE
    return None


@lru_cache(maxsize=1)
def _places() -> SortedFile:
    return SortedFile(Path(settings.BASE_DIR) / "build" / "places.tsv")
