"""A problem turned into arrays for the kernels (`arrays.py` says what they hold)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Any

from essor.algos.later import Later
from essor.algos.seating.arrays import Compiled, Fixed, Ints
from essor.algos.seating.bounds import blocks_of
from essor.algos.seating.model import Problem

if TYPE_CHECKING:
    import numpy as np
else:
    np = Later("numpy")

#: A value held by at most this many people is looked up by its holders, not counted per table.
RARE = 16
#: Topic sets are at most this many challenges (a table joining more would be no table).
TOPICS = 3
#: At most this many topic sets of two or more challenges, whatever the neighbours.
MANY_SETS = 50_000


@dataclass(frozen=True, slots=True)
class Emphasis:
    """What the search adds to the costs of the format, because a free choice comes first.

    `none` is added for a person with none of their choices and `third` for a third or later one
    (one round only: with several, people must change challenge); `again` multiplies repeats.
    The judge and every printed cost know nothing of it.
    """

    none: float = 100
    third: float = 24
    again: float = 1.5


PLAIN = Emphasis(0, 0, 1)


def topic_sets(problem: Problem) -> list[tuple[int, ...]]:
    """Challenges that may share a table: each alone, then pairs and triples of neighbours."""
    index = {c.id: i for i, c in enumerate(problem.challenges)}
    near: list[set[int]] = [
        {index[o] for o in c.neighbours if o != c.id and problem.may_share(c.id, o)}
        for c in problem.challenges
    ]
    sets: list[tuple[int, ...]] = [(i,) for i in range(len(near))]
    layer = list(sets)
    for _ in range(TOPICS - 1):
        layer = [
            (*s, j)
            for s in layer
            for j in sorted(near[s[-1]])
            if j > s[-1] and all(j in near[i] for i in s)
        ]
        sets += layer[:MANY_SETS]
    return sets


def compile_problem(problem: Problem, emphasis: Emphasis = PLAIN) -> Compiled:
    """Arrays for a problem; `emphasis` raises some costs for the search's own use.

    O(people x attributes) time and memory, plus the holders of rare values squared (at most
    `RARE` each).
    """
    units = blocks_of(problem)
    unit_of = np.zeros(len(problem.people), np.int32)
    for u, members in enumerate(units):
        unit_of[list(members)] = u
    sets = topic_sets(problem)
    rules = problem.rules
    none, third = (emphasis.none, emphasis.third) if problem.rounds == 1 else (0, 0)
    values, inside = _values(problem, units)
    people = problem.people
    challenge = {c.id: i for i, c in enumerate(problem.challenges)}
    table = {t.id: i for i, t in enumerate(problem.tables)}
    index = {p.id: i for i, p in enumerate(people)}
    must = [sorted({challenge[c] for m in unit for c in musts(problem, m)}) for unit in units]
    pins = [
        next((table[str(people[m].pin_table)] for m in unit if people[m].pin_table), -1)
        for unit in units
    ]
    apart: list[list[int]] = [[] for _ in units]
    for a, b in problem.apart:
        ua, ub = int(unit_of[index[a]]), int(unit_of[index[b]])
        apart[ua].append(ub)
        apart[ub].append(ua)
    access = [sum(people[m].needs_access for m in unit) for unit in units]
    of_topic: list[list[int]] = [[] for _ in problem.challenges]
    for s, topics in enumerate(sets):
        for c in topics:
            of_topic[c].append(s)
    top = max(
        [
            rules.unlisted,
            rules.repeat,
            rules.same_challenge,
            *rules.choice,
            *problem.mix.values(),
            1.0,
        ]
    )
    fixed = Fixed(
        usize=_ints(len(u) for u in units),
        ufac=_ints(sum(people[m].facilitator for m in unit) for unit in units),
        uaccess=_ints(access),
        upin=_ints(pins),
        special=_ints(
            bool(must[u] or access[u] or apart[u] or pins[u] >= 0)
            + 2 * problem.split
            + 4 * people[units[u][0]].remote
            for u in range(len(units))
        ),
        **values,
        **_wishes(problem, units, third),
        **_csr("apart", apart),
        **_csr("must", must),
        accessible=_ints(t.accessible + 2 * t.remote for t in problem.tables),
        set_size=_ints(len(s) for s in sets),
        set_topic=np.array([(*s, *[-1] * (TOPICS - len(s))) for s in sets], np.int32),
        **_csr("sets", of_topic),
        topic_low=_ints(c.min_tables for c in problem.challenges),
        topic_high=_ints(
            10**6 if c.max_tables is None else c.max_tables for c in problem.challenges
        ),
        low=rules.seats_min,
        high=rules.seats_max,
        facilitated=int(problem.has_facilitators),
        unlisted=float(rules.unlisted + none),
        repeat=float(rules.repeat * emphasis.again if problem.rounds > 1 else 0),
        same=float(rules.same_challenge if problem.rounds > 1 else 0),
        table_cost=float(rules.table),
        merge_cost=float(rules.merge),
        penalty=50.0 * top,
    )
    pairs = sum(len(u) * (len(u) - 1) // 2 for u in units)
    forced = rules.repeat * (problem.rounds - 1) * (pairs - len(problem.together))
    return Compiled(
        problem,
        fixed,
        tuple(units),
        unit_of,
        tuple(sets),
        {s: i for i, s in enumerate(sets)},
        inside * problem.rounds,
        forced,
    )


def _ints(values: Iterable[Any]) -> Ints:
    return np.array([int(v) for v in values], np.int32)


def _csr(name: str, rows: Sequence[Sequence[int]]) -> dict[str, Any]:
    ptr = np.zeros(len(rows) + 1, np.int32)
    ptr[1:] = np.cumsum([len(r) for r in rows])
    return {f"{name}_ptr": ptr, name: _ints(x for r in rows for x in r)}


def musts(problem: Problem, member: int) -> list[str]:
    p = problem.people[member]
    return [*problem.hosting.get(p.id, ()), *([p.pin_challenge] if p.pin_challenge else [])]


def _values(problem: Problem, units: Sequence[tuple[int, ...]]) -> tuple[dict[str, Any], float]:
    """Counted values and kin of each unit; and the mixing cost inside units, which nothing changes."""
    holders: dict[tuple[str, Any], dict[int, int]] = {}
    for u, members in enumerate(units):
        for m in members:
            for attribute in problem.mix:
                for value in problem.people[m].attributes.get(attribute, ()):
                    row = holders.setdefault((attribute, value), {})
                    row[u] = row.get(u, 0) + 1
    inside = 0.0
    counted: list[dict[int, int]] = [{} for _ in units]
    kin: list[dict[int, float]] = [{} for _ in units]
    weight: list[float] = []
    for (attribute, _), row in holders.items():
        w = problem.mix[attribute]
        inside += w * sum(n * (n - 1) // 2 for n in row.values())
        if len(row) < 2 or w == 0:
            continue
        if len(row) <= RARE:
            for a, b in combinations(row, 2):
                kin[a][b] = kin[a].get(b, 0) + w * row[a] * row[b]
                kin[b][a] = kin[a][b]
            continue
        for u, n in row.items():
            counted[u][len(weight)] = n
        weight.append(w)
    fixed = {
        **_csr("val", [list(c) for c in counted]),
        "mult": _ints(n for c in counted for n in c.values()),
        "weight": np.array([*weight, 0.0]),
        **_csr("kin", [list(k) for k in kin]),
        "kin_weight": np.array([w for k in kin for w in k.values()], np.float64),
    }
    return fixed, inside


def _wishes(problem: Problem, units: Sequence[tuple[int, ...]], third: float) -> dict[str, Any]:
    """Choosers of each unit, the choices of each chooser, and the units that are fans of a challenge."""
    challenge = {c.id: i for i, c in enumerate(problem.challenges)}
    costs = problem.rules.choice
    chooser_ptr, wishes, wish_cost = [0], [], []
    fans: list[list[int]] = [[] for _ in problem.challenges]
    for u, members in enumerate(units):
        for m in members:
            p = problem.people[m]
            if not problem.chooses(p):
                continue
            wishes.append([challenge[c] for c in p.choices])
            wish_cost += [
                float(costs[min(i, len(costs) - 1)]) + (third if i >= 2 else 0)
                for i in range(len(p.choices))
            ]
            for c in p.choices:
                fans[challenge[c]].append(u)
        chooser_ptr.append(len(wishes))
    if problem.split:
        remote = [problem.people[members[0]].remote for members in units]
        fans += [[u for u, far in enumerate(remote) if far is side] for side in (False, True)]
    return {
        "chooser_ptr": np.array(chooser_ptr, np.int32),
        **_csr("wish", wishes),
        "wish_cost": np.array(wish_cost, np.float64),
        **_csr("fan", fans),
    }
