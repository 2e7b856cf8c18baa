"""Territories lean on each other: few projects of one's own, much from the others, and in between.

Within territory ``g`` a spell ``t`` is Weibull: ``t^k`` is exponential with rate ``r_g``. Rates of
territories are Gamma(a, b). Both are conjugate even with censoring, so that everything but three
numbers is a formula (derived in docs/algorithms/pace.md). These three, the shape ``k``, the mean
rate ``a / b`` and the spread ``1 / sqrt(a)``, are learned from all data with the rates integrated
out. What is left unsure about them is carried along: each answer is a weighted mean over a grid
around their likeliest values (adaptive quadrature, Naylor and Smith 1982).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import gammainc, gammaln

from essor.algos.pace.curve import SURE, Quantile
from essor.algos.pace.model import BadSpell, Spell

Numbers = NDArray[np.float64]
NODES, STEP = 7, 1e-3
FLATTEST = 0.1
"""A direction that the data say nothing about is explored as if they said this much."""
SHORTEST = 1e-3
"""A spell of no time at all has no logarithm: it counts as this part of the mean spell."""
SHORTEST_ANSWER, LONGEST_ANSWER, HALVINGS = 1e-9, 1e9, 80


@dataclass(frozen=True, slots=True)
class Pooled:
    """All territories' spells under one roof: weighted guesses at what they have in common.

    ``weight`` sums to 1; ``shape``, ``a``, ``b`` and each territory's ``exposure`` (the sum of
    ``(t / unit)^shape``) have one entry a guess. ``ends`` counts each territory's spells over.
    """

    unit: float
    weight: Numbers
    shape: Numbers
    a: Numbers
    b: Numbers
    ends: Mapping[str, int]
    exposure: Mapping[str, Numbers]

    def _rates(self, name: str) -> tuple[Numbers, Numbers]:
        """The Gamma distributions of the territory's rate; an unknown one is like any."""
        return self.a + self.ends.get(name, 0), self.b + self.exposure.get(name, 0.0)

    def share_left(self, name: str, time: float) -> float:
        """The probability that the territory's next spell lasts longer than ``time``."""
        a, b = self._rates(name)
        return float(self.weight @ np.exp(-a * np.log1p((time / self.unit) ** self.shape / b)))

    def quantile(self, name: str, share: float, *, sure: float = SURE) -> Quantile:
        """The time by which ``share`` of the territory's spells are over, with its interval."""
        if not 0 < share < 1:
            raise ValueError(f"A share lies between 0 and 1: {share}")
        a, b = self._rates(name)

        def longer(time: float) -> float:
            """How likely it is that this share takes longer than ``time``."""
            rate = -np.log(1 - share) / (time / self.unit) ** self.shape
            return float(self.weight @ gammainc(a, b * rate))

        tails = (0.5, 0.5 + sure / 2, 0.5 - sure / 2)
        return Quantile(*(_falls_to(longer, tail, self.unit) for tail in tails))

    def own_weight(self, name: str) -> float:
        """How much the territory's own spells decide, from 0 (nothing of its own) to 1."""
        ends = self.ends.get(name, 0)
        return float(self.weight @ (ends / (self.a + ends)))


def _falls_to(falling: Callable[[float], float], level: float, unit: float) -> float:
    """Where ``falling`` reaches ``level``, by halving on the logarithm."""
    low, high = np.log(unit * SHORTEST_ANSWER), np.log(unit * LONGEST_ANSWER)
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if falling(np.exp(middle)) > level else (low, middle)
    return float(np.exp((low + high) / 2))


def pool(territories: Mapping[str, Sequence[Spell]]) -> Pooled:
    """Learn what ``territories`` (spells by name) have in common. Deterministic.

    Cost: about 400 times the number of spells and territories; 100 of them take 0.1 s.
    Raises ``BadSpell`` where no spell is over, or no time passed: nothing can be learned then.
    """
    every = [spell for spells in territories.values() for spell in spells]
    unit = float(np.mean([spell.time for spell in every])) if every else 0.0
    if not any(spell.over for spell in every) or unit <= 0:
        raise BadSpell("no spell is over")
    data = _Data.of(territories, unit)
    start = np.array([0.0, np.log(data.ends.sum() / len(every)), np.log(0.5)])
    likeliest = minimize(data.surprise, start, method="L-BFGS-B").x
    nodes, weights = np.polynomial.hermite_e.hermegauss(NODES)
    steps = np.array(list(product(nodes, repeat=3)))
    spread = _spread_around(data.surprise, likeliest)
    guesses = likeliest + steps @ spread.T
    belief = -np.array([data.surprise(guess) for guess in guesses])
    belief += np.log(np.array(list(product(weights, repeat=3)))).sum(axis=1)
    belief += (steps**2).sum(axis=1) / 2
    weight = np.exp(belief - belief.max())
    shape, a, b = _numbers(guesses.T)
    exposure = {name: data.exposure(name, shape) for name in data.logs}
    ends = dict(zip(data.logs, data.ends.astype(int).tolist(), strict=True))
    return Pooled(unit, weight / weight.sum(), shape, a, b, ends, exposure)


def _numbers(guess: Numbers) -> tuple[Numbers, Numbers, Numbers]:
    """``k``, ``a`` and ``b`` from the logarithms of shape, mean rate and spread."""
    a = np.exp(-2 * guess[2])
    return np.exp(guess[0]), a, a / np.exp(guess[1])


@dataclass(frozen=True, slots=True)
class _Data:
    """What the likelihood needs, sorted once: logarithms by territory, ends, their logarithms."""

    logs: Mapping[str, Numbers]
    ends: Numbers
    log_ends: float
    flat: Numbers
    starts: NDArray[np.intp]

    @classmethod
    def of(cls, territories: Mapping[str, Sequence[Spell]], unit: float) -> "_Data":
        some = {name: spells for name, spells in territories.items() if spells}
        logs = {name: _logs(spells, unit) for name, spells in some.items()}
        over = {name: np.array([spell.over for spell in spells]) for name, spells in some.items()}
        ends = np.array([float(each.sum()) for each in over.values()])
        log_ends = sum(float(logs[name][over[name]].sum()) for name in some)
        sizes = [each.size for each in logs.values()]
        starts = np.concatenate(([0], np.cumsum(sizes)[:-1])).astype(np.intp)
        return cls(logs, ends, log_ends, np.concatenate(list(logs.values())), starts)

    def exposure(self, name: str, shape: Numbers) -> Numbers:
        """The sum of ``(t / unit)^k`` for each shape."""
        powers: Numbers = np.exp(np.outer(shape, self.logs[name])).sum(axis=1)
        return powers

    def surprise(self, guess: Numbers) -> float:
        """Minus the logarithm of likelihood times prior, the rates integrated out.

        Priors, on what ``guess`` holds: log k normal(0, 1); log mean normal(0, 3), in ends per
        mean spell; spread s Gamma(2, 2), proportional to ``s exp(-2 s)``, likeliest at one half.
        It is zero at zero: that too few territories are known to tell them apart is no reason
        to say that all are alike (Chung, Rabe-Hesketh and others 2013).
        """
        with np.errstate(over="ignore"):
            shape, a, b = _numbers(guess)
            exposure = np.add.reduceat(np.exp(shape * self.flat), self.starts)
            likelihood = (
                self.ends.sum() * guess[0]
                + (shape - 1) * self.log_ends
                + np.sum(gammaln(a + self.ends) - gammaln(a) - self.ends * np.log(b))
                - np.sum((a + self.ends) * np.log1p(exposure / b))
            )
            prior = -(guess[0] ** 2) / 2 - (guess[1] / 3) ** 2 / 2
            prior += 2 * guess[2] - 2 * np.exp(guess[2])
        found = float(likelihood + prior)
        return -found if np.isfinite(found) else 1e12


def _logs(spells: Sequence[Spell], unit: float) -> Numbers:
    times = np.array([spell.time for spell in spells], dtype=np.float64) / unit
    return np.log(np.maximum(times, SHORTEST))


def _spread_around(surprise: Callable[[Numbers], float], likeliest: Numbers) -> Numbers:
    """A matrix whose columns are one standard deviation in each direction of doubt."""
    size = likeliest.size
    moves = np.eye(size) * STEP
    bend = np.empty((size, size))
    for i, j in product(range(size), repeat=2):
        bend[i, j] = (
            surprise(likeliest + moves[i] + moves[j])
            - surprise(likeliest + moves[i] - moves[j])
            - surprise(likeliest - moves[i] + moves[j])
            + surprise(likeliest - moves[i] - moves[j])
        ) / (4 * STEP**2)
    values, directions = np.linalg.eigh((bend + bend.T) / 2)
    spread: Numbers = directions / np.sqrt(np.maximum(values, FLATTEST))
    return spread
