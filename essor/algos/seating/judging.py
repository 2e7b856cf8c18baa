"""The judge: which rules a plan breaks and what it costs, counted afresh from the two files.

Shares no code with the search, so that a fault in one is seen by the other. All costs are sums
over rounds. O(rounds x seats x (attributes + table size)) time, linear memory.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any

from essor.algos.seating.bounds import bound_of, by_side, counts, pairs
from essor.algos.seating.model import Plan, Problem
from essor.algos.seating.violations import Violation, violations

SHUFFLES = 20


@dataclass(frozen=True, slots=True)
class Cost:
    """The parts of a plan's cost; `total` is what the search lowers."""

    mixing: float = 0
    choice: float = 0
    repeat: float = 0
    same_challenge: float = 0
    table: float = 0
    merge: float = 0

    @property
    def total(self) -> float:
        return (
            self.mixing + self.choice + self.repeat + self.same_challenge + self.table + self.merge
        )


@dataclass(frozen=True)
class Verdict:
    """What the judge found. `bound` and `random` are mixing costs: none lower, pure chance."""

    violations: tuple[Violation, ...]
    cost: Cost
    bound: float
    random: float
    ranks: tuple[int, ...]
    unlisted: int
    repeats: int
    same_challenges: int
    open_tables: tuple[int, ...]
    variety: Mapping[str, float] = field(default_factory=dict)

    @property
    def legal(self) -> bool:
        return not self.violations

    @property
    def choosers(self) -> int:
        """People whose choices count, once for each round."""
        return sum(self.ranks) + self.unlisted

    @property
    def gap_closed(self) -> float:
        """1 at the bound, 0 at pure chance (`random - mixing` over `random - bound`)."""
        if self.random <= self.bound:
            return 1.0
        return (self.random - self.cost.mixing) / (self.random - self.bound)

    def share(self, ranks: int) -> float:
        """Share of choosers who got one of their first `ranks` choices."""
        return sum(self.ranks[:ranks]) / max(1, self.choosers)

    def to_dict(self) -> dict[str, Any]:
        """Flat figures, for a file or a screen."""
        c = self.cost
        return {
            "hard_rules_broken": len(self.violations),
            "faults": [v.text for v in self.violations],
            "cost": round(c.total, 1),
            "mixing": round(c.mixing, 1),
            "choice_cost": c.choice,
            "repeat_cost": c.repeat,
            "same_challenge_cost": c.same_challenge,
            "mixing_bound": round(self.bound, 1),
            "mixing_random": round(self.random, 1),
            "gap_closed": round(self.gap_closed, 4),
            "first_choice": round(self.share(1), 4),
            "first_or_second": round(self.share(2), 4),
            "none_of_choices": self.unlisted,
            "open_tables": list(self.open_tables),
            "repeats_beyond_forced": self.repeats,
            "same_challenge": self.same_challenges,
        }


def judge(problem: Problem, plan: Plan, shuffles: int = SHUFFLES) -> Verdict:
    """Judge a plan: hard rules, cost parts, bound and chance (mean of `shuffles` shuffles)."""
    cost, ranks, unlisted = Cost(), Counter[int](), 0
    mixing = bound = chance = choice = merge = 0.0
    rules = problem.rules
    for tables in plan.rounds:
        for side in by_side(problem, tables):
            groups = [[m for m in s.people if m in problem.person] for s in side]
            mixing += mixing_of(problem, groups)
            bound += bound_of(problem, groups)
            chance += _shuffled(problem, groups, shuffles) if shuffles else 0
        merge += rules.merge * sum(max(0, len(s.challenges) - 1) for s in tables)
        for s in tables:
            for m in s.people:
                rank = rank_of(problem, m, s.challenges)
                if rank is None:
                    continue
                choice += choice_cost(problem, rank)
                if rank < 0:
                    unlisted += 1
                else:
                    ranks[rank] += 1
    repeats, same = meetings_again(problem, plan), _same(problem, plan)
    cost = Cost(
        mixing,
        choice,
        rules.repeat * repeats,
        rules.same_challenge * same,
        rules.table * sum(len(t) for t in plan.rounds),
        merge,
    )
    top = max([*ranks, len(rules.choice) - 1]) + 1
    return Verdict(
        tuple(violations(problem, plan)),
        cost,
        bound,
        chance,
        tuple(ranks[i] for i in range(top)),
        unlisted,
        repeats,
        same,
        tuple(len(t) for t in plan.rounds),
        variety(problem, plan),
    )


def rank_of(problem: Problem, person: str, challenges: Iterable[str]) -> int | None:
    """Best rank (0 first) of a person's choices among challenges; -1 none of them, None no matter."""
    p = problem.person.get(person)
    if p is None or not problem.chooses(p):
        return None
    return min((p.choices.index(c) for c in challenges if c in p.choices), default=-1)


def choice_cost(problem: Problem, rank: int) -> float:
    """Cost of a rank as `rank_of` gives it."""
    costs = problem.rules.choice
    return problem.rules.unlisted if rank < 0 else costs[min(rank, len(costs) - 1)]


def mixing_of(problem: Problem, groups: Iterable[Sequence[str]]) -> float:
    """Weighted pairs who share a value at a table; each shared value counts."""
    return sum(
        weight * pairs(count)
        for members in groups
        for attribute, weight in problem.mix.items()
        for count in counts(problem, members, attribute).values()
    )


def _shuffled(problem: Problem, groups: Sequence[Sequence[str]], times: int) -> float:
    rng, total = random.Random(0), 0.0
    seated = [m for g in groups for m in g]
    for _ in range(times):
        rng.shuffle(seated)
        it = iter(seated)
        total += mixing_of(problem, [[next(it) for _ in g] for g in groups])
    return total / times


def meetings_again(problem: Problem, plan: Plan) -> int:
    """Pairs who meet again, beyond those forced by `together`."""
    forced = (problem.rounds - 1) * len(problem.together)
    if len(plan.rounds) < 2:
        return -forced
    met = Counter(
        tuple(sorted(pair))
        for tables in plan.rounds
        for s in tables
        for pair in combinations([m for m in s.people if m in problem.person], 2)
    )
    return sum(n - 1 for n in met.values()) - forced


def _same(problem: Problem, plan: Plan) -> int:
    done = Counter(
        (m, c)
        for tables in plan.rounds
        for s in tables
        for m in s.people
        if m in problem.person and problem.chooses(problem.person[m])
        for c in s.challenges
    )
    return sum(n - 1 for n in done.values())


def variety(problem: Problem, plan: Plan) -> dict[str, float]:
    """Mean number of different values at a table, for each attribute."""
    tables = [s for r in plan.rounds for s in r]
    return {
        a: sum(
            len(counts(problem, (m for m in s.people if m in problem.person), a)) for s in tables
        )
        / max(1, len(tables))
        for a in problem.mix
    }
