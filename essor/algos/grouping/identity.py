"""Groups stay themselves: which group of today is which group of before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from essor.algos.grouping.hands import Decided, assign
from essor.algos.grouping.model import Group, Grouping
from essor.algos.later import Later

if TYPE_CHECKING:
    import numpy as np
else:
    np = Later("numpy")

SAME = 0.4
"""Share of ideas held in common (of all that either holds) from which a group keeps its title."""
KIN = 0.2
"""... and from which it keeps its key."""


@dataclass(frozen=True, slots=True)
class Identity:
    """A group's key; its title or "" where one is to be found; what a human did to it."""

    key: str
    title: str
    by_hand: bool
    locked: bool
    named: bool


def keys_and_titles(
    ids: Mapping[int, Sequence[str]], decided: Decided, previous: Grouping | None
) -> dict[int, Identity]:
    """The identity of each group number, given the ideas inside it.

    Groups that a human kept have their own key. The others take the key of the group of before
    with which they share most ideas, one each; new ones take the next free key (g1, g2, ...).
    """
    before = {each.key: each for each in previous.groups} if previous else {}
    found: dict[int, Identity] = {}
    for number in ids:
        if number < len(decided.names):
            kept = decided.names[number]
            old = before.get(kept.key)
            title = kept.title or (old.title if old else "")
            named = bool(kept.title) or bool(old and old.named)
            found[number] = Identity(kept.key, title, True, kept.locked, named)
    held = {each.key for each in decided.names}
    old_groups = [each for each in before.values() if each.key not in held]
    numbers = [number for number in sorted(ids) if number not in found]
    share = _shares([ids[n] for n in numbers], old_groups, ids, previous)
    for row, column in zip(*assign(-share), strict=True) if numbers and old_groups else ():
        if share[row, column] >= KIN:
            old = old_groups[column]
            keeps = old.named or share[row, column] >= SAME
            title = old.title if keeps else ""
            found[numbers[row]] = Identity(old.key, title, False, False, old.named)
    used = held | set(before) | {identity.key for identity in found.values()}
    order = sorted((n for n in ids if n not in found), key=lambda n: (-len(ids[n]), n))
    free = (f"g{i}" for i in range(1, len(used) + len(order) + 2) if f"g{i}" not in used)
    for number in order:
        found[number] = Identity(next(free), "", False, False, False)
    return found


def _shares(
    groups: Sequence[Sequence[str]],
    before: Sequence[Group],
    ids: Mapping[int, Sequence[str]],
    previous: Grouping | None,
) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    """Jaccard's share between groups of today and of before, on ideas that were there both times."""
    share = np.zeros((len(groups), len(before)))
    if previous is None:
        return share
    today = {idea for inside in ids.values() for idea in inside}
    then = {idea for each in previous.groups for idea in each.ideas} | set(previous.alone)
    for row, inside in enumerate(groups):
        mine = set(inside) & then
        for column, each in enumerate(before):
            theirs = set(each.ideas) & today
            union = len(mine | theirs)
            share[row, column] = len(mine & theirs) / union if union else 0.0
    return share
