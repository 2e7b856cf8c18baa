"""Laying ideas into groups: afresh or beside those of before, and who is better left alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from essor.algos.grouping.clustering import centres_of, cut
from essor.algos.grouping.hands import Decided
from essor.algos.grouping.model import Grouping, Idea
from essor.algos.grouping.space import Space, products, unit
from essor.algos.later import Later

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
else:
    np = Later("numpy")

INERTIA = 0.10
"""How much nearer another group must be for an idea to leave the one it was in."""
GROWN = 0.3
"""Share of new ideas from which the groups are thought afresh, not added to."""
FORMS_GROUP, NEAR = 4, 1.3
"""Ideas left over that found a group, and their likeness in multiples of the bar for staying."""
STEEPNESS = 0.12


@dataclass(slots=True)
class Harvest:
    """Ideas and their distinct texts: `of` gives each idea's text number, -1 where it is empty."""

    ideas: Sequence[Idea]
    texts: list[str]
    of: NDArray[np.int64]
    place: dict[str, int]


def afresh(
    harvest: Harvest, space: Space, free: NDArray[np.bool_], wanted: int, seed: int
) -> NDArray[np.int64]:
    mine = np.full(len(harvest.ideas), -1, dtype=np.int64)
    if wanted < 1 or not free.any():
        return mine
    distinct = np.unique(harvest.of[free])
    label = np.full(len(harvest.texts), -1, dtype=np.int64)
    label[distinct] = cut(space.points[distinct], wanted, seed)
    mine[free] = label[harvest.of[free]]
    return mine


def from_previous(
    harvest: Harvest,
    points: NDArray[np.float64],
    free: NDArray[np.bool_],
    previous: Grouping | None,
    groups: int | None,
    far: float,
) -> NDArray[np.int64] | None:
    """Groups of before with the new ideas put in; None when it is better to think afresh.

    An idea of before moves only if another group is nearer by `INERTIA`. New ideas that fit
    nowhere and are like each other found a group, where the number was left open.
    """
    if previous is None or not previous.groups:
        return None
    if groups is not None and groups != len(previous.groups):
        return None
    mine = np.full(len(points), -1, dtype=np.int64)
    for number, each in enumerate(previous.groups):
        for idea in each.ideas:
            if idea in harvest.place:
                mine[harvest.place[idea]] = number
    mine[~free] = -1
    alone = np.zeros(len(points), dtype=np.bool_)
    alone[[harvest.place[idea] for idea in previous.alone if idea in harvest.place]] = True
    fresh = free & (mine < 0) & ~alone
    if fresh.sum() > GROWN * free.sum() or not (mine >= 0).any():
        return None
    count = len(previous.groups)
    centres = unit(centres_of(points, mine, count))
    like = products(points, centres)
    here = np.arange(len(points))
    best = like.argmax(axis=1)
    own = np.where(mine >= 0, like[here, np.maximum(mine, 0)], -1.0)
    move = (mine >= 0) & (like[here, best] > own + INERTIA)
    mine[move] = best[move]
    joins = fresh & (like[here, best] >= far)
    mine[joins] = best[joins]
    if groups is None:
        _found_groups(mine, points, free & (mine < 0), count, NEAR * far)
    elif (fresh & (mine < 0)).any():
        mine[fresh] = best[fresh]
    return mine


def _found_groups(
    mine: NDArray[np.int64],
    points: NDArray[np.float64],
    left: NDArray[np.bool_],
    count: int,
    near: float,
) -> None:
    """Ideas that were left over and are close to each other make groups of their own."""
    places = np.flatnonzero(left)
    while len(places) >= FORMS_GROUP:
        like = products(unit(points[places]), unit(points[places]))
        close = like >= near
        seed = int(close.sum(axis=1).argmax())
        if close[seed].sum() < FORMS_GROUP:
            return
        mine[places[close[seed]]] = count
        count += 1
        places = places[~close[seed]]


def leave_alone(
    mine: NDArray[np.int64],
    points: NDArray[np.float64],
    free: NDArray[np.bool_],
    decided: Decided,
    far: float,
) -> NDArray[np.int64]:
    """Ideas far from the others of their group are left alone, unless a human put them there."""
    mine = mine.copy()
    if not (mine >= 0).any():
        return mine
    count = int(mine.max()) + 1
    sizes = np.bincount(mine[mine >= 0], minlength=count)
    others = centres_of(points, mine, count)[np.maximum(mine, 0)] - points
    own = (unit(others) * points).sum(axis=1)
    by_hand = decided.kept >= 0
    lonely = (mine >= 0) & ~by_hand & (own < far) & (sizes[np.maximum(mine, 0)] > 1)
    if not decided.asked:
        lonely |= (mine >= 0) & ~by_hand & (sizes[np.maximum(mine, 0)] == 1)
    mine[lonely & free] = -1
    return mine


def fits(
    mine: NDArray[np.int64], points: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Each grouped idea's certainty in 0..1, and the number of the group that comes next."""
    count = int(mine.max(initial=-1)) + 1
    centres = centres_of(points, mine, count)
    like = products(points, unit(centres))
    here = np.arange(len(points))
    at = np.maximum(mine, 0)
    if not count:
        return np.zeros(len(points)), at
    own = (unit(centres[at] - points) * points).sum(axis=1)
    own[np.bincount(mine[mine >= 0], minlength=count)[at] == 1] = 1.0
    like[here, at] = -1
    like[:, ~centres.any(axis=1)] = -1
    gap = own - like.max(axis=1) if count > 1 else own
    return 1 / (1 + np.exp(-gap / STEEPNESS)), like.argmax(axis=1)
