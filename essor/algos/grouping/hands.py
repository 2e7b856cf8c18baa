"""What humans decided, put into the groups that the machine found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from essor.algos.grouping.clustering import centres_of
from essor.algos.grouping.model import BadIdeas, Hands, Idea, Kept
from essor.algos.grouping.space import products, unit
from essor.algos.later import Later

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
else:
    np = Later("numpy")


@dataclass(frozen=True, slots=True)
class Decided:
    """`Hands` by idea number: `kept` is the number of its kept group or -1, `out` those that the
    machine leaves be (in a locked group, or alone by a human's wish). Kept groups are numbered
    open ones first; `names` has them all.
    """

    names: tuple[Kept, ...]
    open: tuple[int, ...]
    locked: int
    kept: NDArray[np.int64]
    out: NDArray[np.bool_]
    apart: tuple[tuple[int, int], ...]
    asked: bool


def decide(ideas: Sequence[Idea], hands: Hands, groups: int | None) -> Decided:
    """Read `hands` for these ideas; ids that are not there are passed over."""
    place = {idea.id: i for i, idea in enumerate(ideas)}
    kept = np.full(len(ideas), -1, dtype=np.int64)
    out = np.zeros(len(ideas), dtype=np.bool_)
    faults = []
    keys = [each.key for each in hands.kept]
    faults += [
        f'key "{key}" stands twice' for key in sorted({k for k in keys if keys.count(k) > 1})
    ]
    names = sorted(hands.kept, key=lambda each: each.locked)
    for number, each in enumerate(names):
        for idea in each.ideas:
            at = place.get(idea)
            if at is None:
                continue
            if kept[at] >= 0:
                faults.append(f'idea "{idea}" is kept in two groups')
            kept[at] = number
            out[at] = each.locked
    for idea in hands.alone:
        if idea in place:
            if kept[place[idea]] >= 0:
                faults.append(f'idea "{idea}" is both kept in a group and alone')
            out[place[idea]] = True
    if faults:
        raise BadIdeas(faults)
    apart = tuple((place[a], place[b]) for a, b in hands.apart if a in place and b in place)
    count = sum(not each.locked for each in names)
    return Decided(
        tuple(names), tuple(range(count)), len(names) - count, kept, out, apart, groups is not None
    )


def settle(
    mine: NDArray[np.int64],
    points: NDArray[np.float64],
    decided: Decided,
    before: Mapping[str, Sequence[int]],
) -> NDArray[np.int64]:
    """Renumber so that kept group k has number k: each claims the group nearest to what it holds.

    Open kept groups get the found group that holds most of theirs (an assignment, so that no two
    claim one); ideas of a claimed group stay with it. A group that was there `before` goes by what
    it held then, too. Locked groups come after, alone.
    """
    if not decided.names:
        return mine
    opened = len(decided.open)
    count = max(int(mine.max(initial=-1)) + 1, opened)
    worth = np.zeros((opened, count))
    centres = unit(centres_of(points, mine, count))
    for number in decided.open:
        elsewhere = (decided.kept >= 0) & (decided.kept != number)
        inside = np.flatnonzero(decided.kept == number)
        then = [i for i in before.get(decided.names[number].key, ()) if not elsewhere[i]]
        inside = np.union1d(inside, np.array(then, dtype=np.int64))
        if len(inside):
            held = mine[inside]
            worth[number] = np.bincount(held[held >= 0], minlength=count)
            worth[number] += 0.5 * products(unit(points[inside].sum(axis=0)[None, :]), centres)[0]
    claimed = dict(zip(*assign(-worth), strict=True)) if opened else {}
    whole = len(decided.names)
    number_of = {int(old): int(new) for new, old in claimed.items()}
    for old in range(count):
        number_of.setdefault(old, whole + old)
    settled = np.array([number_of[int(old)] if old >= 0 else -1 for old in mine], dtype=np.int64)
    by_hand = decided.kept >= 0
    settled[by_hand] = decided.kept[by_hand]
    return _compact(settled, whole)


def assign(cost: NDArray[np.float64]) -> tuple[list[int], list[int]]:
    from scipy.optimize import linear_sum_assignment  # noqa: PLC0415 - slow to load, seldom used

    rows, columns = linear_sum_assignment(cost)
    return [int(r) for r in rows], [int(c) for c in columns]


def _compact(mine: NDArray[np.int64], first: int) -> NDArray[np.int64]:
    """Numbers from `first` on without holes; those below stay."""
    later = np.unique(mine[mine >= first])
    move = {int(old): first + i for i, old in enumerate(later)}
    return np.array([move.get(int(old), int(old)) for old in mine], dtype=np.int64)


def keep_apart(
    mine: NDArray[np.int64],
    points: NDArray[np.float64],
    decided: Decided,
) -> NDArray[np.int64]:
    """Of two ideas that a human parted, the one that fits worse goes to its next best group.

    Where every group holds somebody it must be apart from, it is left alone.
    """
    mine = mine.copy()
    foes: dict[int, set[int]] = {}
    for one, other in decided.apart:
        foes.setdefault(one, set()).add(other)
        foes.setdefault(other, set()).add(one)
    for one, other in decided.apart:
        if mine[one] < 0 or mine[one] != mine[other]:
            continue
        count = int(mine.max()) + 1
        like = products(points[[one, other]], unit(centres_of(points, mine, count)))
        here = int(mine[one])
        movable = [i for i in (0, 1) if decided.kept[(one, other)[i]] < 0]
        if not movable:
            continue
        who = min(movable, key=lambda i: (like[i, here], i))
        idea = (one, other)[who]
        shut = {here, *(int(mine[foe]) for foe in foes[idea])}
        shut |= set(range(len(decided.open), len(decided.names)))
        held = set(np.unique(mine[mine >= 0]).tolist())
        order = [int(n) for n in np.argsort(-like[who], kind="stable") if int(n) in held - shut]
        mine[idea] = order[0] if order else -1
    return mine
