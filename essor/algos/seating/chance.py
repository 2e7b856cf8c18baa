"""What pure chance would give: how many different values meet at a table filled by lot.

Exact where a person has at most one value of the attribute (multivariate hypergeometric law),
by seeded shuffles otherwise. See docs/algorithms/seating.md for the derivation.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import comb
from typing import TYPE_CHECKING, Any

from essor.algos.later import Later
from essor.algos.seating.bounds import by_side
from essor.algos.seating.model import Plan, Problem

if TYPE_CHECKING:
    import numpy as np
else:
    np = Later("numpy")

SHUFFLES = 200


@dataclass(frozen=True, slots=True)
class Interval:
    """What chance gives: its mean, and the central range it falls into 19 times in 20."""

    mean: float
    low: float
    high: float


class Chance:
    """The law of the number of different values at a table of a given size, for one attribute.

    The table is filled from the hall, or from those at a distance where it is ``remote``.
    """

    def __init__(self, problem: Problem, attribute: str, *, remote: bool = False) -> None:
        side = [p for p in problem.people if p.remote == remote] or problem.people
        self.sets = [p.attributes.get(attribute, ()) for p in side]
        self.single = all(len(v) <= 1 for v in self.sets)
        self.of = lru_cache(maxsize=None)(self._of)

    def _of(self, size: int) -> Interval:
        size = min(size, len(self.sets))
        law = self._exact(size) if self.single else self._drawn(size)
        total, at, low, high = law.sum(), 0.0, 0, len(law) - 1
        for k in range(len(law)):
            before, at = at, at + law[k] / total
            if before < 0.025 <= at:
                low = k
            if before < 0.975 <= at:
                high = k
        mean = float((law * np.arange(len(law))).sum() / total)
        return Interval(mean, low, high)

    def _exact(self, size: int) -> np.ndarray[Any, Any]:
        """Ways to draw `size` people showing k values: product of 1 + y((1+x)^n - 1) over values."""
        held = Counter(v[0] for v in self.sets if v)
        unknown = len(self.sets) - sum(held.values())
        ways = np.zeros((size + 1, size + 1))
        for j in range(min(size, unknown) + 1):
            ways[j, 0] = float(comb(unknown, j))
        for n in held.values():
            grown = ways.copy()
            for j in range(1, min(size, n) + 1):
                grown[j:, 1:] += ways[: size + 1 - j, :-1] * float(comb(n, j))
            ways = grown / grown.max()
        law: np.ndarray[Any, Any] = ways[size]
        return law

    def _drawn(self, size: int) -> np.ndarray[Any, Any]:
        rng = random.Random(0)
        seen = [
            len({v for s in rng.sample(self.sets, size) for v in s}) for _ in range(SHUFFLES * 10)
        ]
        return np.bincount(seen, minlength=size + 1).astype(float)


def mean_by_chance(problem: Problem, plan: Plan, attribute: str) -> Interval:
    """Mean number of different values at a table over whole rooms filled by lot (seeded shuffles)."""
    codes: dict[Any, int] = {}
    rows = [
        (i, codes.setdefault(v, len(codes)))
        for i, p in enumerate(problem.people)
        for v in p.attributes.get(attribute, ())
    ]
    if not rows or not plan.rounds:
        return Interval(0, 0, 0)
    who, what = np.array(rows).T
    rng = np.random.default_rng(0)
    far = np.array([p.remote for p in problem.people])
    seats = [
        [_table_of_seat([len(s.people) for s in side]) for side in by_side(problem, tables)]
        for tables in plan.rounds
    ]
    means = []
    for _ in range(SHUFFLES):
        found = tables = 0
        for sides in seats:
            crowds = _crowds(far, len(sides))
            for table, crowd in zip(sides, crowds, strict=True):
                at = np.full(len(problem.people), -1)
                at[crowd] = np.resize(table, len(crowd))[rng.permutation(len(crowd))]
                met = at[who] >= 0
                found += len(np.unique(at[who][met] * len(codes) + what[met]))
                tables += int(table.max()) + 1
        means.append(found / tables)
    low, high = np.quantile(means, [0.025, 0.975])
    return Interval(float(np.mean(means)), float(low), float(high))


def _crowds(far: np.ndarray[Any, Any], sides: int) -> list[np.ndarray[Any, Any]]:
    """Whom each side's tables are filled with; all together where there is one side only."""
    everybody = np.arange(len(far))
    return [everybody] if sides == 1 else [everybody[~far], everybody[far]]


def _table_of_seat(sizes: Sequence[int]) -> np.ndarray[Any, Any]:
    return np.repeat(np.arange(len(sizes)), sizes)
