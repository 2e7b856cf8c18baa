"""What may be said to people: how long half and nine of ten stay, or nothing where few are known."""

from collections.abc import Sequence
from dataclasses import dataclass

from essor.algos.pace.curve import Quantile, curve
from essor.algos.pace.model import LEAST, Spell

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
