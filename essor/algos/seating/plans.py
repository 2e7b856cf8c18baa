"""The arrays of a search turned back into a plan, without topics that serve nobody."""

from __future__ import annotations

from collections.abc import Sequence

from essor.algos.seating.arrays import Compiled, Seats
from essor.algos.seating.compiled import musts
from essor.algos.seating.judging import choice_cost, rank_of
from essor.algos.seating.model import Plan, Problem, Seating


def to_plan(c: Compiled, where: Seats, topic: Seats) -> Plan:
    """The plan of `where[round][unit]` and `topic[round][table]`, without idle topics."""
    rounds = []
    for seats, topics in zip(where, topic, strict=True):
        members: dict[int, list[int]] = {}
        for u, t in enumerate(seats):
            members.setdefault(int(t), []).extend(c.units[u])
        rounds.append(
            _without_idle_topics(
                c,
                [(t, sorted(members[t]), list(c.sets[int(topics[t])])) for t in sorted(members)],
            )
        )
    return Plan(tuple(rounds))


def _without_idle_topics(
    c: Compiled, tables: Sequence[tuple[int, list[int], list[int]]]
) -> tuple[Seating, ...]:
    """A table drops each challenge that nobody there gains by, no rule needs, and that is not alone."""
    problem = c.problem
    used: dict[int, int] = {}
    for _, _, topics in tables:
        for i in topics:
            used[i] = used.get(i, 0) + 1
    seatings = []
    for t, members, topics in tables:
        names = [problem.people[m].id for m in members]
        needed = {name for m in members for name in musts(problem, m)}
        keep = list(topics)
        for i in reversed(topics):
            rest = [x for x in keep if x != i]
            challenge = problem.challenges[i]
            free = challenge.id not in needed and used[i] > challenge.min_tables
            if rest and free and _price(problem, names, rest) <= _price(problem, names, keep):
                keep = rest
                used[i] -= 1
        seatings.append(
            Seating(
                problem.tables[t].id, tuple(problem.challenges[i].id for i in keep), tuple(names)
            )
        )
    return tuple(seatings)


def _price(problem: Problem, people: Sequence[str], topics: Sequence[int]) -> float:
    names = [problem.challenges[i].id for i in topics]
    ranks = (rank_of(problem, person, names) for person in people)
    return sum(choice_cost(problem, rank) for rank in ranks if rank is not None)
