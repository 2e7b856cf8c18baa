"""The hard rules: every one that a plan breaks, counted afresh from the problem and the plan."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from essor.algos.seating.model import Person, Plan, Problem, RoomTable, Seating


@dataclass(frozen=True, slots=True)
class Violation:
    """A hard rule broken: a code, what it concerns, and the English sentence."""

    code: str
    params: Mapping[str, Any]
    text: str


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
    if s.table in problem.table:
        yield from _distance_faults(problem.table[s.table], members, n)


def _distance_faults(table: RoomTable, members: Sequence[Person], n: int) -> Iterable[Violation]:
    for p in members:
        if p.remote is not table.remote:
            yield _fault("distance", distance_text(p, table), round=n, person=p.id, table=table.id)


def distance_text(p: Person, table: RoomTable) -> str:
    """The English sentence for somebody at a table of the other side."""
    if p.remote:
        return f"{p.id} takes part from a distance, table {table.id} is in the hall"
    return f"{p.id} is in the hall, table {table.id} meets by video"


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
