"""Offers as numbers: rows that are compared all at once, and who holds which stem."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from essor.algos.later import Later

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
else:
    np = Later("numpy")


@dataclass(frozen=True, slots=True)
class Rows:
    """Offers as numbers, one row each: a reading's point and counts, kind, place and days."""

    points: NDArray[np.float32]
    counts: NDArray[np.float32]
    stems: tuple[NDArray[np.uint32], ...]
    kinds: NDArray[np.int64]
    given: NDArray[np.bool_]
    places: NDArray[np.float64]
    asks: NDArray[np.bool_]
    days: NDArray[np.int64]

    def and_those(self, kept: Sequence[int], others: Rows) -> Rows:
        """Only the rows ``kept``, then ``others``."""
        stems = (*(self.stems[i] for i in kept), *others.stems)
        told = {
            name: np.concatenate([getattr(self, name)[kept], getattr(others, name)])
            for name in ("points", "counts", "kinds", "given", "places", "asks", "days")
        }
        return Rows(stems=stems, **told)


class Stems:
    """Which offers hold a stem, and how rare it is among them."""

    def __init__(self, stems: Sequence[NDArray[np.uint32]]) -> None:
        self.offers = len(stems)
        flat = np.concatenate(stems) if stems else np.zeros(0, dtype=np.uint32)
        owners = np.repeat(np.arange(self.offers), [len(each) for each in stems])
        order = np.argsort(flat, kind="stable")
        self.sorted, self.owners = flat[order], owners[order]
        _, inverse, held = np.unique(flat, return_inverse=True, return_counts=True)
        rarity = np.log(1 + (self.offers + 50) / (held[inverse] + 0.5))
        self.whole = np.bincount(owners, weights=rarity, minlength=self.offers)

    def holders(self, number: int) -> NDArray[np.int64]:
        first, last = np.searchsorted(self.sorted, [number, number + 1])
        held: NDArray[np.int64] = self.owners[first:last]
        return held

    def rarity(self, number: int) -> float:
        return math.log(1 + (self.offers + 50) / (len(self.holders(number)) + 0.5))
