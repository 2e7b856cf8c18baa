"""Where things stand in our drawings: seats around a table, shares of a bar, birds of a flock.

Pure geometry: numbers in, numbers out. Attributes of SVG, so that no page needs a style attribute.
"""

import math
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

RING = 39.0  # radius on which the seats stand, in a drawing of 100 x 100
BIGGEST_SEAT = 9.5


@dataclass(frozen=True, slots=True)
class PlacedSeat:
    """A seat in a drawing of 100 x 100: who sits there (a sphere, or None where it is free)."""

    x: float
    y: float
    r: float
    sphere: Any

    @property
    def letter_size(self) -> float:
        return round(self.r * 1.25, 1)


def seats_around(seats: Sequence[Any]) -> list[PlacedSeat]:
    """Seats evenly around the table, the first at the top, clockwise; smaller when many."""
    count = len(seats)
    if not count:
        return []
    room = 2 * math.pi * RING / count
    radius = min(BIGGEST_SEAT, room * 0.44)
    placed = []
    for at, sphere in enumerate(seats):
        angle = 2 * math.pi * at / count
        x, y = 50 + RING * math.sin(angle), 50 - RING * math.cos(angle)
        placed.append(PlacedSeat(round(x, 1), round(y, 1), round(radius, 1), sphere))
    return placed


@dataclass(frozen=True, slots=True)
class Node:
    """Something on a ring, in a drawing of 100 x 100."""

    x: float
    y: float
    subject: Any


@dataclass(frozen=True, slots=True)
class Arc:
    """A line between two things on a ring, bent towards its middle; wider where it counts more."""

    path: str
    width: float


@dataclass(frozen=True, slots=True)
class Ring:
    """Things on a ring and the lines between them."""

    nodes: list[Node]
    arcs: list[Arc]


WIDEST_ARC = 3.6


def ring_of(subjects: Mapping[Any, Any], weights: Mapping[tuple[Any, Any], int]) -> Ring:
    """``subjects`` by key evenly on a ring, a line for each pair of keys in ``weights``.

    The lines' widths follow the square roots of the weights, so that areas compare fairly.
    """
    places = {}
    for at, key in enumerate(subjects):
        angle = 2 * math.pi * at / len(subjects)
        places[key] = (50 + 41 * math.sin(angle), 50 - 41 * math.cos(angle))
    most = max(weights.values(), default=1)
    arcs = [
        Arc(_bent(places[one], places[other]), round(WIDEST_ARC * math.sqrt(weight / most), 2))
        for (one, other), weight in sorted(weights.items(), key=lambda pair: pair[1])
    ]
    nodes = [Node(round(x, 1), round(y, 1), subjects[key]) for key, (x, y) in places.items()]
    return Ring(nodes, arcs)


def _bent(start: tuple[float, float], end: tuple[float, float]) -> str:
    middle = [50 + 0.35 * ((a + b) / 2 - 50) for a, b in zip(start, end, strict=True)]
    (x1, y1), (x2, y2) = start, end
    return f"M{x1:.1f} {y1:.1f}Q{middle[0]:.1f} {middle[1]:.1f} {x2:.1f} {y2:.1f}"


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a bar that is 100 wide: where it starts, how wide it is, and what it stands for."""

    x: float
    width: float
    subject: Any


def parts_of_bar(amounts: Sequence[tuple[Any, int]]) -> list[Part]:
    """The bar's parts in the order given, in proportion; those with nothing are left out."""
    total = sum(amount for _, amount in amounts)
    parts, x = [], 0.0
    for subject, amount in amounts:
        if amount > 0:
            width = 100 * amount / total
            parts.append(Part(round(x, 2), round(width, 2), subject))
            x += width
    return parts


@dataclass(frozen=True, slots=True)
class Bird:
    """A bird of a flock in a drawing of 1200 x 500; ``fade`` is its opacity."""

    x: int
    y: int
    size: float
    turn: int
    fade: float


def flock(seed: int, birds: int = 48) -> list[list[Bird]]:
    """A flock rising from the lower left to the upper right, as three groups that drift apart.

    The same seed draws the same flock. Birds thin out towards the tail, as in the sky.
    """
    dice = random.Random(seed)
    groups: list[list[Bird]] = [[], [], []]
    for number in range(birds):
        along = dice.betavariate(2.6, 1.5)
        spread = 26 + 92 * math.sin(math.pi * along) ** 0.8
        x = 70 + 1060 * along + dice.gauss(0, 24)
        y = 430 - 330 * along**1.25 + 34 * math.sin(5.2 * along) + dice.gauss(0, spread * 0.55)
        size = 0.34 + 0.66 * along * dice.uniform(0.6, 1.15)
        groups[number % 3].append(
            Bird(
                round(x),
                round(min(max(y, 14), 480)),
                round(size, 2),
                round(dice.gauss(-12, 9)),
                round(0.3 + 0.45 * along, 2),
            )
        )
    return groups
