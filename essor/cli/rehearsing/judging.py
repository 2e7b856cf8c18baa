"""The judge of a rehearsal: what was lost, what is there twice, which musts are not met."""

import collections
import math
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field

POSTS = ("arrival", "idea", "sheet", "promise")
POST_WITHIN, PAGE_WITHIN, HEARD_WITHIN = 0.150, 0.250, 1.0
"""Seconds that 95 of 100 may take: a writing, a page, a word of the conductor on a phone."""
MEMORY_WITHIN = 600
"""MiB of all server processes together."""


@dataclass
class Told:
    """What the phones measured, by kind of act; seconds throughout."""

    taken: dict[str, list[float]] = field(default_factory=lambda: collections.defaultdict(list))
    failed: collections.Counter[str] = field(default_factory=collections.Counter)
    acknowledged: dict[str, set[str]] = field(default_factory=lambda: collections.defaultdict(set))
    heard: list[float] = field(default_factory=list)
    said: dict[str, float] = field(default_factory=dict)
    open_streams: int = 0
    opened_in: float = 0.0
    dropped: int = 0


def lost_and_doubled(
    acknowledged: Mapping[str, Set[str]], kept: Mapping[str, Iterable[str]]
) -> tuple[list[str], list[str]]:
    """The marks that were acknowledged and are not kept, and those that are kept more than once."""
    lost, doubled = [], []
    for kind in POSTS:
        counted = collections.Counter(kept.get(kind, ()))
        lost += [mark for mark in sorted(acknowledged.get(kind, ())) if not counted[mark]]
        doubled += [mark for mark, times in sorted(counted.items()) if mark and times > 1]
    return lost, doubled


def percentile(values: list[float], share: float) -> float:
    """The smallest value that ``share`` of all do not exceed (nearest rank); nan of none."""
    if not values:
        return math.nan
    return sorted(values)[max(0, math.ceil(share * len(values)) - 1)]


def not_met(
    told: Told, streams: int, kept: Mapping[str, Iterable[str]], memory: float | None
) -> list[str]:
    """The musts that this rehearsal did not meet, each in plain words; empty when all are."""
    lost, doubled = lost_and_doubled(told.acknowledged, kept)
    wrong = []
    if lost:
        wrong.append(f"nothing lost: {len(lost)} acknowledged and not kept, as {lost[0]!r}")
    if doubled:
        wrong.append(f"nothing twice: {len(doubled)} kept more than once, as {doubled[0]!r}")
    if failed := sum(told.failed.values()):
        wrong.append(f"every act answered: {failed} failed")
    for kind in (*POSTS, "page"):
        within = PAGE_WITHIN if kind == "page" else POST_WITHIN
        took = percentile(told.taken[kind], 0.95)
        if not took <= within:
            wrong.append(f"{kind} within {_ms(within)} (p95): {_ms(took)}")
    if told.open_streams < streams or told.dropped:
        wrong.append(f"{streams} streams held: {told.open_streams} opened, {told.dropped} dropped")
    if not (heard := percentile(told.heard, 0.95)) <= HEARD_WITHIN:
        wrong.append(f"a word on all phones within {_ms(HEARD_WITHIN)} (p95): {_ms(heard)}")
    if len(told.heard) < len(told.said) * streams:
        wrong.append(
            f"a word on all phones: heard {len(told.heard)} times of {len(told.said) * streams}"
        )
    if memory is not None and memory > MEMORY_WITHIN:
        wrong.append(f"memory under {MEMORY_WITHIN} MiB: {memory:.0f} MiB")
    return wrong


def _ms(seconds: float) -> str:
    return "never" if math.isnan(seconds) else f"{1000 * seconds:.0f} ms"
