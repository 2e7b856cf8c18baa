"""The Kaplan-Meier curve: the share that is still there after a time, and how sure that is.

At each time at which ``d`` spells end while ``n`` are under way, the share left is multiplied by
``1 - d/n``; censored spells leave ``n`` afterwards. Greenwood's sum ``V = sum d / (n (n - d))``
gives the variance of ``log S``. The interval is symmetric on the scale ``log(-log S)``, so that it
stays within 0 and 1 (Kalbfleisch and Prentice 1980). Source of the peer's figures: lifelines.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from essor.algos.pace.model import BadSpell, Spell

Numbers = NDArray[np.float64]
SURE = 0.95


@dataclass(frozen=True, slots=True)
class Quantile:
    """The time by which a share was over, with its interval; None: longer than was ever seen."""

    time: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Curve:
    """A step curve. All arrays have one entry for each time at which something ended or was cut.

    ``times`` rises; ``left`` is the share still there just after; ``low`` and ``high`` bound it
    (nan: nothing to be sure of, before the first end, and no upper bound once all is over);
    ``under_way`` counts the spells just before, ``ended`` those that ended there.
    """

    times: Numbers
    left: Numbers
    low: Numbers
    high: Numbers
    under_way: NDArray[np.int64]
    ended: NDArray[np.int64]

    def share_left(self, time: float) -> float:
        """The share still there after ``time``; 1 before the first end."""
        place = int(np.searchsorted(self.times, time, side="right"))
        return float(self.left[place - 1]) if place else 1.0

    def interval(self, time: float) -> tuple[float, float]:
        """Where that share may lie; (1, 1) before the first end, (0, nan) once all is over."""
        place = int(np.searchsorted(self.times, time, side="right"))
        if not place or not self.ended[:place].any():
            return 1.0, 1.0
        return float(self.low[place - 1]), float(self.high[place - 1])

    def quantile(self, share: float) -> Quantile:
        """The time by which ``share`` was over. Its interval inverts that of the curve.

        Brookmeyer and Crowley 1982: all times at which the curve's interval holds ``1 - share``.
        """
        if not 0 < share < 1:
            raise ValueError(f"A share lies between 0 and 1: {share}")
        rest = 1 - share
        return Quantile(
            _first(self.times, self.left, rest),
            _first(self.times, self.low, rest),
            _first(self.times, self.high, rest),
        )


def _first(times: Numbers, shares: Numbers, rest: float) -> float | None:
    """The first time at which ``shares`` is at ``rest`` or below (nan never is)."""
    below = np.flatnonzero(shares <= rest + 1e-12)
    return float(times[below[0]]) if below.size else None


def curve(spells: Sequence[Spell], *, sure: float = SURE) -> Curve:
    """The curve of ``spells``, with intervals that hold the truth ``sure`` of the time.

    Cost: n log n. Raises ``BadSpell`` where there is none.
    """
    if not spells:
        raise BadSpell("no spell")
    length = np.array([spell.time for spell in spells], dtype=np.float64)
    over = np.array([spell.over for spell in spells], dtype=bool)
    times, place = np.unique(length, return_inverse=True)
    gone = np.bincount(place, minlength=times.size)
    ended = np.bincount(place, weights=over, minlength=times.size).astype(np.int64)
    under_way = length.size - np.concatenate(([0], np.cumsum(gone)[:-1]))
    left = np.cumprod(1 - ended / under_way)
    with np.errstate(divide="ignore", invalid="ignore"):
        greenwood = np.cumsum(ended / (under_way * (under_way - ended)))
        log_left = np.log(left)
        wide = ndtri(0.5 + sure / 2) * np.sqrt(greenwood) / np.abs(log_left)
        low = np.exp(log_left * np.exp(wide))
        high = np.exp(log_left * np.exp(-wide))
    low[left == 0] = 0.0
    return Curve(times, left, low, high, under_way, ended)
