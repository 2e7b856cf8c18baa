"""What may be said to people: how long half and nine of ten stay, or nothing where few are known."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from essor.algos.pace.curve import Numbers, Quantile, curve
from essor.algos.pace.model import LEAST, Spell

Counts = NDArray[np.signedinteger[Any]]
MOST = 0.9


@dataclass(frozen=True, slots=True)
class Pace:
    """How long ``projects`` stay: half of them at most ``median``, nine of ten at most ``most``."""

    projects: int
    over: int
    median: Quantile
    most: Quantile


def pace(spells: Sequence[Spell], projects: int | None = None) -> Pace | None:
    """The pace of ``spells``; None below ``LEAST`` projects (a project may have several spells)."""
    count = len(spells) if projects is None else projects
    if count < LEAST:
        return None
    found = curve(spells)
    over = sum(spell.over for spell in spells)
    return Pace(count, over, found.quantile(0.5), found.quantile(MOST))


def shorter_share(spells: Sequence[Spell], time: float) -> float | None:
    """The share of ``spells`` (one a project) that were shorter than ``time``; None below ``LEAST``.

    Spells that are not over count for what is known of them: they lasted at least so long.
    """
    if len(spells) < LEAST:
        return None
    shorter = [spell.time for spell in spells if spell.time < time]
    return 1 - curve(spells).share_left(max(shorter)) if shorter else 0.0


def shorter_shares(
    spells: Sequence[Spell], asked: Iterable[tuple[int, float]]
) -> list[float | None]:
    """``shorter_share`` of times beside all spells but one: its place among ``spells``, the time.

    For lists where each stands beside the others. The curve is made once; a spell taken out of it
    changes the factors of its times and of those before, so that what is left after ``time`` is a
    product of two parts that are known beforehand: n log n in all. Rounded to twelve digits, so
    that nine of ten are nine of ten whatever the order of multiplying.
    """
    asked = list(asked)
    if not asked or len(spells) - 1 < LEAST:
        return [None for _ in asked]
    length = np.array([spell.time for spell in spells], dtype=np.float64)
    over = np.array([spell.over for spell in spells], dtype=np.int64)
    times, place = np.unique(length, return_inverse=True)
    gone = np.bincount(place, minlength=times.size)
    ended = np.bincount(place, weights=over, minlength=times.size).astype(np.int64)
    under_way = length.size - np.concatenate(([0], np.cumsum(gone)[:-1]))
    out = np.array([spell for spell, _ in asked], dtype=np.intp)
    before = np.searchsorted(times, [time for _, time in asked])
    at = place[out]
    whole = _left_before(ended, under_way)
    fewer = _left_before(ended, under_way - 1)
    own = 1 - _parts(ended[at] - over[out], under_way[at] - 1)
    # Nothing is left only where the last time ends all: no times lie behind it.
    behind = np.divide(whole[before], whole[at + 1], out=np.ones(at.size), where=whole[at + 1] > 0)
    left = np.where(at < before, fewer[at] * own * behind, fewer[np.minimum(before, at)])
    return [float(share) for share in np.round(1 - left, 12)]


def _left_before(ended: Counts, under_way: Counts) -> Numbers:
    """The share left before each time, and after the last one: one entry more than times."""
    return np.concatenate(([1.0], np.cumprod(1 - _parts(ended, under_way))))


def _parts(ended: Counts, under_way: Counts) -> Numbers:
    """Which part of those under way ended; none where nobody was."""
    return np.divide(ended, under_way, out=np.zeros(ended.shape), where=under_way > 0)
