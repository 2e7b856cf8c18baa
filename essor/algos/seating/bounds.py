"""What no plan can beat: bounds of the mixing cost and of repeated meetings (derived in the docs)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from essor.algos.seating.model import Plan, Problem, Seating


def pairs(count: int) -> int:
    return count * (count - 1) // 2


def counts(problem: Problem, members: Iterable[str], attribute: str) -> Counter[Any]:
    return Counter(v for m in members for v in problem.person[m].attributes.get(attribute, ()))


def spread(count: int, sizes: Sequence[int]) -> int:
    """Fewest same-value pairs when `count` people go to tables of these sizes: as even as can be."""
    pairs = level = 0
    remaining = sorted(sizes)
    while count > 0 and remaining:
        while remaining and remaining[0] <= level:
            remaining.pop(0)
        if not remaining:
            break
        here = min(count, len(remaining))
        pairs += here * level
        count -= here
        level += 1
    return pairs


def by_side(problem: Problem, tables: Sequence[Seating]) -> list[list[Seating]]:
    """The tables of a round, those of the hall and those that meet by video apart.

    Nobody changes sides, so neither chance nor a bound may exchange people across them.
    """
    sides: dict[bool, list[Seating]] = {}
    for s in tables:
        place = problem.table.get(s.table)
        sides.setdefault(place is not None and place.remote, []).append(s)
    return [sides[side] for side in sorted(sides)]


def bound_of(problem: Problem, groups: Sequence[Sequence[str]]) -> float:
    """Mixing cost below which no plan with these table sizes can go (each value by itself)."""
    sizes, seated = [len(g) for g in groups], [m for g in groups for m in g]
    return sum(
        weight * spread(count, sizes)
        for attribute, weight in problem.mix.items()
        for count in counts(problem, seated, attribute).values()
    )


def tight_bound(problem: Problem, plan: Plan) -> float:
    """A bound at least as high as `bound_of`, still valid: people who sit together stay pairs.

    For each value, the larger of the even spread and the pairs inside the groups of `together`.
    """
    group: dict[str, frozenset[str]] = {}
    for a, b in problem.together:
        joined = group.get(a, frozenset([a])) | group.get(b, frozenset([b]))
        group.update(dict.fromkeys(joined, joined))
    total = 0.0
    for tables in plan.rounds:
        for side in by_side(problem, tables):
            sizes = [len(s.people) for s in side]
            here = {m for s in side for m in s.people if m in problem.person}
            blocks = [members & here for members in set(group.values())]
            for attribute, weight in problem.mix.items():
                inside: Counter[Any] = Counter()
                for members in blocks:
                    for value, count in counts(problem, members, attribute).items():
                        inside[value] += pairs(count)
                held = counts(problem, here, attribute)
                total += weight * sum(max(spread(n, sizes), inside[v]) for v, n in held.items())
    return total


def blocks_of(problem: Problem) -> list[tuple[int, ...]]:
    """People grouped by `together` (transitively), as indices, in the order of the list."""
    index = {p.id: i for i, p in enumerate(problem.people)}
    parent = list(range(len(problem.people)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    for a, b in problem.together:
        parent[root(index[b])] = root(index[a])
    blocks: dict[int, list[int]] = {}
    for i in range(len(problem.people)):
        blocks.setdefault(root(i), []).append(i)
    return [tuple(b) for b in blocks.values()]


@dataclass(frozen=True, slots=True)
class Side:
    """Those who may share tables: everybody, or (`name` tells which) the hall or the remote ones.

    `blocks` are people by index as `blocks_of` groups them, `units` the numbers of these blocks
    among all, `tables` indices of the tables that are theirs.
    """

    name: str
    units: tuple[int, ...]
    blocks: tuple[tuple[int, ...], ...]
    tables: tuple[int, ...]
    holders: int

    @property
    def people(self) -> int:
        return sum(len(b) for b in self.blocks)


def sides_of(problem: Problem) -> list[Side]:
    """The sides of an evening that have somebody to seat; one, without a name, for most evenings."""
    blocks = blocks_of(problem)
    remote = [problem.people[b[0]].remote for b in blocks]
    wanted = (("hall", False), ("remote", True)) if problem.split else (("", False),)
    sides = []
    for name, far in wanted:
        units = tuple(u for u in range(len(blocks)) if remote[u] is far)
        own = tuple(blocks[u] for u in units)
        tables = tuple(i for i, t in enumerate(problem.tables) if t.remote is far)
        holders = sum(any(problem.people[m].facilitator for m in b) for b in own)
        if own:
            sides.append(Side(name, units, own, tables, holders))
    return sides


def most_open(problem: Problem) -> int:
    """Tables that can be open at once: rooms, facilitators (tied ones count once), least seats."""
    return sum(most_open_of(problem, side) for side in sides_of(problem))


def most_open_of(problem: Problem, side: Side) -> int:
    """Tables of one side that can be open at once."""
    most = min(len(side.tables), side.people // problem.rules.seats_min)
    return min(most, side.holders) if problem.has_facilitators else most


def forced_repeats(problem: Problem) -> int:
    """Meetings again that every legal plan has, beyond those of `together`.

    The largest of three counts: pairs tied together by way of others; more meetings than there
    are pairs; and people who must share both of two tables, as these are fewer than people.
    """
    n, rounds, k = len(problem.people), problem.rounds, max(1, most_open(problem))
    if rounds < 2:
        return 0
    tied = sum(pairs(len(b)) for b in blocks_of(problem)) * (rounds - 1)
    meetings = rounds * spread(n, [n] * k) - pairs(n)
    both = (rounds - 1) * spread(n, [n] * (k * k))
    return max(0, max(tied, meetings, both) - (rounds - 1) * len(problem.together))
