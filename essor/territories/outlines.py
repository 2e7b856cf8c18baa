"""The outlines of departments, and whether a place lies in a territory; from built files.

``tools/outlines.py`` writes them from IGN's Admin Express (Licence Ouverte 2.0). A territory lies
in the departments that it names. Where the files were not built, or a territory names no French
department, nothing is known and no place is doubted.
"""

import json
import re
from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from django.conf import settings

from essor.people.places import FINE
from essor.territories.models import Territory

BAND = 200
"""Sides of an outline are found by bands of latitude, some two kilometres high."""
Box = tuple[int, int, int, int]
Side = tuple[int, int, int, int]


class Doubt(StrEnum):
    """Why a place is probably wrong."""

    SEA = "sea"  # in the sea or abroad
    OUTSIDE = "outside"  # in a department that is not the territory's
    SWAPPED = "swapped"  # right when latitude and longitude change places


@dataclass(frozen=True, slots=True)
class Outline:
    """A department's rings, as sides in bands of latitude."""

    box: Box
    bands: dict[int, list[Side]]

    def holds(self, x: int, y: int) -> bool:
        """Whether the point lies inside: a ray to the west crosses the rings an odd number of times."""
        west, south, east, north = self.box
        if not (west <= x <= east and south <= y <= north):
            return False
        crossings = 0
        for x1, y1, x2, y2 in self.bands.get(y // BAND, ()):
            if (y1 > y) != (y2 > y) and x > x1 + (y - y1) * (x2 - x1) / (y2 - y1):
                crossings += 1
        return crossings % 2 == 1

    def surrounds(self, x: int, y: int) -> bool:
        """Whether sides lie both west and east of the point: a commune whose outline is missing
        leaves a hole, which is no sea."""
        crossed = [
            x > x1 + (y - y1) * (x2 - x1) / (y2 - y1)
            for x1, y1, x2, y2 in self.bands.get(y // BAND, ())
            if (y1 > y) != (y2 > y)
        ]
        return any(crossed) and not all(crossed)


def departments_of(territory: Territory) -> tuple[str, ...]:
    """The codes of the territory's departments whose outlines are known."""
    if territory.country != "FR":
        return ()
    codes = re.findall(r"\d[\dAB]\d?", territory.department.upper())
    return tuple(code for code in dict.fromkeys(codes) if code in boxes())


def doubt_of(territory: Territory, latitude: float, longitude: float) -> Doubt | None:
    """What is doubtful in a place, for a territory whose outline is known."""
    own = departments_of(territory)
    if not own:
        return None
    if _in(own, longitude, latitude):
        return None
    if _in(own, latitude, longitude):
        return Doubt.SWAPPED
    others = tuple(code for code in boxes() if code not in own)
    if _in(others, longitude, latitude):
        return Doubt.OUTSIDE
    x, y = round(longitude * FINE), round(latitude * FINE)
    return None if any(outline_of(code).surrounds(x, y) for code in own) else Doubt.SEA


def _in(codes: tuple[str, ...], longitude: float, latitude: float) -> bool:
    x, y = round(longitude * FINE), round(latitude * FINE)
    near = (code for code in codes if _within(boxes()[code], x, y))
    return any(outline_of(code).holds(x, y) for code in near)


def _within(box: Box, x: int, y: int) -> bool:
    west, south, east, north = box
    return west <= x <= east and south <= y <= north


@lru_cache(maxsize=1)
def boxes() -> dict[str, Box]:
    """The box around each department, by its code; empty where nothing was built."""
    file = folder() / "boxes.json"
    if not file.exists():
        return {}
    return {code: tuple(box) for code, box in json.loads(file.read_text()).items()}


@lru_cache(maxsize=12)
def outline_of(code: str) -> Outline:
    """One department; read once while it is in use."""
    told: dict[str, Any] = json.loads((folder() / f"{code}.json").read_text())
    bands: dict[int, list[Side]] = defaultdict(list)
    for steps in told["outline"]:
        for (x1, y1), (x2, y2) in pairwise(_points(steps)):
            for band in range(min(y1, y2) // BAND, max(y1, y2) // BAND + 1):
                bands[band].append((x1, y1, x2, y2))
    return Outline(boxes()[code], dict(bands))


def _points(steps: list[int]) -> list[tuple[int, int]]:
    x, y = steps[0], steps[1]
    points = [(x, y)]
    for dx, dy in zip(steps[2::2], steps[3::2], strict=True):
        x, y = x + dx, y + dy
        points.append((x, y))
    return points


def folder() -> Path:
    return Path(settings.BASE_DIR) / "build" / "outlines"
