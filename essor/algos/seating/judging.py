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

from essor.algos.seating.model import Plan, Problem, Seating

SHUFFLES = 20


@dataclass(frozen=True, slots=True)
class Violation:
    """A hard rule broken: a code, what it concerns, and the English sentence."""

    code: str
    params: Mapping[str, Any]
    text: str


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
        groups = [[m for m in s.people if m in problem.person] for s in tables]
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


def _pairs(count: int) -> int:
    return count * (count - 1) // 2


def _counts(problem: Problem, members: Iterable[str], attribute: str) -> Counter[Any]:
    return Counter(v for m in members for v in problem.person[m].attributes.get(attribute, ()))


def mixing_of(problem: Problem, groups: Iterable[Sequence[str]]) -> float:
    """Weighted pairs who share a value at a table; each shared value counts."""
    return sum(
        weight * _pairs(count)
        for members in groups
        for attribute, weight in problem.mix.items()
        for count in _counts(problem, members, attribute).values()
    )


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


def bound_of(problem: Problem, groups: Sequence[Sequence[str]]) -> float:
    """Mixing cost below which no plan with these table sizes can go (each value by itself)."""
    sizes, seated = [len(g) for g in groups], [m for g in groups for m in g]
    return sum(
        weight * spread(count, sizes)
        for attribute, weight in problem.mix.items()
        for count in _counts(problem, seated, attribute).values()
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
        sizes = [len(s.people) for s in tables]
        for attribute, weight in problem.mix.items():
            inside: Counter[Any] = Counter()
            for members in set(group.values()):
                for value, count in _counts(problem, members, attribute).items():
                    inside[value] += _pairs(count)
            held = _counts(problem, problem.person, attribute)
            total += weight * sum(max(spread(n, sizes), inside[v]) for v, n in held.items())
    return total


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
            len(_counts(problem, (m for m in s.people if m in problem.person), a)) for s in tables
        )
        / max(1, len(tables))
        for a in problem.mix
    }


def violations(problem: Problem, plan: Plan) -> Iterable[Violation]:
    """Every hard rule broken, rule by rule, round by round."""
    if len(plan.rounds) != problem.rounds:
        yield _fault(
            "rounds",
            f"{len(plan.rounds)} rounds for {problem.rounds}",
            found=len(plan.rounds),
            expected=problem.rounds,
        )
    for number, tables in enumerate(plan.rounds, 1):
        yield from _seated_once(problem, tables, number)
        for s in tables:
            yield from _table_faults(problem, s, number)
        yield from _people_faults(problem, tables, number)
        yield from _challenge_faults(problem, tables, number)


def _fault(code: str, text: str, **params: Any) -> Violation:
    where = f"round {params['round']}: " if "round" in params else ""
    return Violation(code, params, where + text)


def _seated_once(problem: Problem, tables: Sequence[Seating], n: int) -> Iterable[Violation]:
    seen = Counter(m for s in tables for m in s.people)
    for person in problem.person:
        if seen[person] != 1:
            yield _fault(
                "seated_once",
                f"{person} sits {seen[person]} times",
                round=n,
                person=person,
                times=seen[person],
            )
    for stranger in seen.keys() - problem.person.keys():
        yield _fault("unknown_person", f"unknown person {stranger}", round=n, person=stranger)
    for table, uses in Counter(s.table for s in tables).items():
        if table not in problem.table or uses > 1:
            yield _fault(
                "table",
                f"table {table} used {uses} times or unknown",
                round=n,
                table=table,
                times=uses,
            )


def _table_faults(problem: Problem, s: Seating, n: int) -> Iterable[Violation]:
    members = [problem.person[m] for m in s.people if m in problem.person]
    low, high = problem.rules.seats_min, problem.rules.seats_max
    if not low <= len(members) <= high:
        yield _fault(
            "size",
            f"table {s.table} has {len(members)} people, {low} to {high} may sit",
            round=n,
            table=s.table,
            people=len(members),
            low=low,
            high=high,
        )
    if (
        not s.challenges
        or len(set(s.challenges)) < len(s.challenges)
        or any(c not in problem.challenge for c in s.challenges)
    ):
        yield _fault(
            "challenge", f"table {s.table} works on {list(s.challenges)}", round=n, table=s.table
        )
    else:
        for a, b in combinations(s.challenges, 2):
            if not problem.may_share(a, b):
                yield _fault(
                    "neighbours",
                    f"table {s.table} joins {a} and {b}, not neighbours",
                    round=n,
                    table=s.table,
                    first=a,
                    second=b,
                )
    if problem.has_facilitators and not any(p.facilitator for p in members):
        yield _fault("facilitator", f"table {s.table} has no facilitator", round=n, table=s.table)
    if s.table in problem.table and not problem.table[s.table].accessible:
        for p in members:
            if p.needs_access:
                yield _fault(
                    "access",
                    f"{p.id} needs an accessible table",
                    round=n,
                    person=p.id,
                    table=s.table,
                )


def _people_faults(problem: Problem, tables: Sequence[Seating], n: int) -> Iterable[Violation]:
    at = {m: s for s in tables for m in s.people}
    for host, challenges in problem.hosting.items():
        for c in challenges:
            if host not in at or c not in at[host].challenges:
                yield _fault(
                    "host", f"host {host} is away from {c}", round=n, person=host, challenge=c
                )
    for p in problem.people:
        s = at.get(p.id)
        if s and p.pin_table not in (None, s.table):
            yield _fault(
                "pin_table",
                f"{p.id} is kept for table {p.pin_table}",
                round=n,
                person=p.id,
                table=p.pin_table,
            )
        if s and p.pin_challenge is not None and p.pin_challenge not in s.challenges:
            yield _fault(
                "pin_challenge",
                f"{p.id} is kept for challenge {p.pin_challenge}",
                round=n,
                person=p.id,
                challenge=p.pin_challenge,
            )
    for code, pairs, wanted in (
        ("together", problem.together, True),
        ("apart", problem.apart, False),
    ):
        for a, b in pairs:
            if a in at and b in at and (at[a].table == at[b].table) is not wanted:
                yield _fault(code, f"{a} and {b} asked to be {code}", round=n, first=a, second=b)


def _challenge_faults(problem: Problem, tables: Sequence[Seating], n: int) -> Iterable[Violation]:
    used = Counter(c for s in tables for c in set(s.challenges))
    for c in problem.challenges:
        if used[c.id] < c.min_tables or (c.max_tables is not None and used[c.id] > c.max_tables):
            yield _fault(
                "challenge_tables",
                f"challenge {c.id} is worked on at {used[c.id]} tables",
                round=n,
                challenge=c.id,
                tables=used[c.id],
                low=c.min_tables,
                high=c.max_tables,
            )
