"""What the host could change, each with its effect computed: open twice, drop, merge, one more
facilitator, one more table.

Each candidate is a changed problem, searched for a few steps from the plan at hand; the plan at
hand gets the same steps first, so that the effect is the change's and not the search's.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from essor.algos.seating.bounds import Side, sides_of
from essor.algos.seating.judging import Verdict, judge, rank_of
from essor.algos.seating.model import Challenge, Person, Plan, Problem, RoomTable
from essor.algos.seating.search import solve

#: Steps that each candidate gets for each person and round.
STEPS = 400
#: Two short searches of one evening differ by up to this share of the cost: less is no effect.
NOISE = 0.01


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A change that the host could make.

    `effect` holds what changes: cost, and people with a first choice, or none of their choices.
    Apply it by taking `problem` and `plan` (legal for that problem).
    """

    code: str
    params: Mapping[str, Any]
    text: str
    effect: Mapping[str, float]
    problem: Problem
    plan: Plan


def suggest(problem: Problem, plan: Plan, seed: int = 1, limit: int = 3) -> list[Suggestion]:
    """The changes worth telling, best first, at most `limit` of each kind.

    A change that helps has a negative `effect["cost"]`, beyond the noise of a short search, or
    gives somebody a choice; merging and dropping are told with what they cost, because they free
    a facilitator.
    """
    steps = STEPS * len(problem.people) * problem.rounds
    base = solve(problem, seed=seed, steps=steps, start=plan)
    if base.plan is None:
        return []
    before = judge(problem, base.plan, shuffles=0)
    found = []
    for code, params, text, changed in _candidates(problem, base.plan, limit):
        outcome = solve(changed, seed=seed, steps=steps, start=base.plan)
        if outcome.plan is None:
            outcome = solve(changed, seed=seed, steps=2 * steps)
        if outcome.plan is None:
            continue
        effect = _effect(before, judge(changed, outcome.plan, shuffles=0))
        noise = NOISE * before.cost.total
        gains = effect["cost"] < -noise or effect["unlisted"] < 0
        if code in ("open_twice", "one_more_table", "one_more_facilitator") and not gains:
            continue
        told = f"{text}: {_told(effect, noise)}."
        found.append(Suggestion(code, params, told, effect, changed, outcome.plan))
    return sorted(found, key=lambda s: (s.effect["cost"], s.code, s.text))


def _effect(before: Verdict, after: Verdict) -> dict[str, float]:
    return {
        "cost": after.cost.total - before.cost.total,
        "mixing": after.cost.mixing - before.cost.mixing,
        "choice": after.cost.choice - before.cost.choice,
        "first_choice": after.ranks[0] - before.ranks[0],
        "unlisted": after.unlisted - before.unlisted,
        "open_tables": sum(after.open_tables) - sum(before.open_tables),
    }


def _told(effect: Mapping[str, float], noise: float) -> str:
    cost = f"cost {effect['cost']:+.0f}, give or take {noise:.0f}"
    parts = [cost if abs(effect["cost"]) > noise else "about the same cost"]
    if effect["first_choice"]:
        parts.append(f"{effect['first_choice']:+.0f} with their first choice")
    if effect["unlisted"]:
        parts.append(f"{effect['unlisted']:+.0f} with none of their choices")
    return ", ".join(parts)


Candidate = tuple[str, Mapping[str, Any], str, Problem]


def _candidates(problem: Problem, plan: Plan, limit: int) -> Iterable[Candidate]:
    tables = Counter(c for r in plan.rounds for s in r for c in s.challenges)
    missed = _missed(problem, plan)
    for name, count in missed.most_common(limit):
        have = tables[name] // problem.rounds
        wanted = have + 1
        yield (
            "open_twice",
            {"challenge": name, "tables": wanted, "missed": count},
            f"Open {name} at {wanted} tables ({count} who chose it sit elsewhere)",
            _with(problem, name, min_tables=wanted),
        )
    asked = Counter(c for p in problem.people if problem.chooses(p) for c in p.choices[:1])
    free = [c for c in problem.challenges if tables[c.id] and not c.hosts and not c.min_tables]
    for c in sorted(free, key=lambda c: (asked[c.id], c.id))[:limit]:
        yield (
            "drop",
            {"challenge": c.id, "first_choices": asked[c.id]},
            f"Drop {c.id} (first choice of {asked[c.id]})",
            _with(problem, c.id, max_tables=0),
        )
    yield from _merges(problem, plan, asked, limit)
    yield from _means(problem, plan)


def _missed(problem: Problem, plan: Plan) -> Counter[str]:
    """For each challenge, those whose first choice it is and who never work on it."""
    got = {
        m
        for r in plan.rounds
        for s in r
        for m in s.people
        if rank_of(problem, m, s.challenges) == 0
    }
    return Counter(p.choices[0] for p in problem.people if problem.chooses(p) and p.id not in got)


def _with(problem: Problem, name: str, **changes: Any) -> Problem:
    def changed(c: Challenge) -> Challenge:
        if c.id != name:
            return c
        c = replace(c, **changes)
        top = c.max_tables
        return c if top is None or top >= c.min_tables else replace(c, max_tables=c.min_tables)

    return replace(problem, challenges=tuple(changed(c) for c in problem.challenges))


def _merges(
    problem: Problem, plan: Plan, asked: Mapping[str, int], limit: int
) -> Iterable[Candidate]:
    """Neighbours at tables of their own with few first choices: one table less for both."""
    pairs = [
        (a.id, b)
        for a in problem.challenges
        for b in a.neighbours
        if a.id < b and problem.may_share(a.id, b)
    ]
    alone = {c for r in plan.rounds for s in r if len(s.challenges) == 1 for c in s.challenges}
    pairs = [(a, b) for a, b in pairs if a in alone and b in alone]
    fewer = min(len(r) for r in plan.rounds) - 1
    if fewer < 1:
        return
    for a, b in sorted(pairs, key=lambda p: (asked.get(p[0], 0) + asked.get(p[1], 0), p))[:limit]:
        merged = _with(_with(problem, a, max_tables=1), b, max_tables=1)
        yield ("merge", {"first": a, "second": b}, f"Let {a} and {b} share one table", merged)


def _means(problem: Problem, plan: Plan) -> Iterable[Candidate]:
    """One more facilitator or one more table, whichever holds the evening back."""
    for side in sides_of(problem):
        yield from _means_of(problem, side)


def _means_of(problem: Problem, side: Side) -> Iterable[Candidate]:
    rooms, far = len(side.tables), side.name == "remote"
    told = {"side": side.name} if side.name else {}
    where = {"hall": " in the hall", "remote": " at a distance"}.get(side.name, "")
    if problem.has_facilitators and side.holders <= rooms:
        name = next(
            f"facilitator+{i}" for i in range(1, 10**6) if f"facilitator+{i}" not in problem.person
        )
        yield (
            "one_more_facilitator",
            {"person": name, **told},
            f"Find one more facilitator{where}",
            replace(problem, people=(*problem.people, Person(name, facilitator=True, remote=far))),
        )
    if side.holders > rooms or not problem.has_facilitators:
        name = next(f"table+{i}" for i in range(1, 10**6) if f"table+{i}" not in problem.table)
        yield (
            "one_more_table",
            {"table": name, **told},
            f"Find one more table{where}",
            replace(problem, tables=(*problem.tables, RoomTable(name, remote=far))),
        )
