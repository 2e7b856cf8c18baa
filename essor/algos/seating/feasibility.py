"""Which rules cannot hold together, found and named before any search, with the smallest remedy.

Each refusal is a proof: where `check` says no, no legal plan exists. The other way round is not
promised (deciding it is as hard as colouring a graph); the search then says what it could not mend.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any

from essor.algos.seating.bounds import Side, blocks_of, sides_of
from essor.algos.seating.model import Problem
from essor.algos.seating.violations import Violation, distance_text


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why there is no plan: a code, numbers and ids for translation, a sentence, a remedy.

    `remedies` are the smallest changes that would do, each a (code, numbers) pair.
    """

    code: str
    params: Mapping[str, Any]
    text: str
    remedies: tuple[tuple[str, Mapping[str, Any]], ...] = field(default=())


def check(problem: Problem) -> list[Refusal]:
    """Every reason, found without a search, why no legal plan exists; empty when none is found."""
    return [*_pairs(problem), *_places(problem), *_across(problem), *_numbers(problem)]


def not_found(broken: Sequence[Violation], steps: int) -> Refusal:
    """No legal plan was found: which rules resisted, without proof that they must."""
    counts = Counter(v.code for v in broken)
    first = broken[0].text if broken else ""
    return Refusal(
        "not_found",
        {"steps": steps, "rules": dict(counts), "first": first},
        f"No plan that keeps every rule was found in {steps} steps. "
        f"The nearest one breaks {len(broken)}: {first}.",
        (("more_steps", {}), ("relax", {"rules": sorted(counts)})),
    )


def _block_name(problem: Problem, block: Sequence[int]) -> list[str]:
    return [problem.people[m].id for m in block]


def _pairs(problem: Problem) -> Iterable[Refusal]:
    """Wishes to sit together or apart that contradict a rule or each other."""
    high = problem.rules.seats_max
    blocks = blocks_of(problem)
    block_of = {problem.people[m].id: b for b, block in enumerate(blocks) for m in block}
    for block in blocks:
        if len(block) > high:
            names = _block_name(problem, block)
            yield Refusal(
                "block_too_large",
                {"people": names, "count": len(block), "high": high},
                f"{len(block)} people asked to sit together, a table has {high} seats.",
                (("drop_together", {"count": 1}), ("seats_max", {"to": len(block)})),
            )
    for a, b in problem.apart:
        if block_of[a] == block_of[b]:
            yield Refusal(
                "together_and_apart",
                {"first": a, "second": b},
                f"{a} and {b} are to sit apart, and together by way of others.",
                (("drop_apart", {"first": a, "second": b}),),
            )


def _places(problem: Problem) -> Iterable[Refusal]:
    """Hosts, pins and access that contradict each other for one group of people."""
    for block in blocks_of(problem):
        people = [problem.people[m] for m in block]
        names = [p.id for p in people]
        tables = sorted({p.pin_table for p in people if p.pin_table})
        if len(tables) > 1:
            yield Refusal(
                "pins_differ",
                {"people": names, "tables": tables},
                f"{', '.join(names)} sit together but are kept for tables {', '.join(tables)}.",
                (("drop_pin", {"people": names}),),
            )
        topics = sorted(
            {c for p in people for c in problem.hosting.get(p.id, ())}
            | {p.pin_challenge for p in people if p.pin_challenge}
        )
        for a, b in combinations(topics, 2):
            if not problem.may_share(a, b):
                yield Refusal(
                    "host_of_two",
                    {"people": names, "first": a, "second": b},
                    f"{', '.join(names)} would have to work on {a} and {b} at once, "
                    "which are not neighbours.",
                    (("make_neighbours", {"first": a, "second": b}),),
                )
        needs = [p.id for p in people if p.needs_access]
        if needs and tables and not problem.table[tables[0]].accessible:
            yield Refusal(
                "pin_without_access",
                {"people": needs, "table": tables[0]},
                f"{', '.join(needs)} need an accessible table, {tables[0]} is not one.",
                (("make_accessible", {"table": tables[0]}),),
            )


def _across(problem: Problem) -> Iterable[Refusal]:
    """People in the hall tied to people or tables at a distance, or the other way round."""
    for block in blocks_of(problem) if problem.split else ():
        people = [problem.people[m] for m in block]
        near, far = ([p.id for p in people if p.remote is side] for side in (False, True))
        if near and far:
            yield Refusal(
                "together_across",
                {"hall": near, "remote": far},
                f"{', '.join(near + far)} asked to sit together, "
                f"{', '.join(far)} from a distance and {', '.join(near)} in the hall.",
                (("drop_together", {"count": 1}), ("change_side", {"people": far})),
            )
    for p in problem.people if problem.split else ():
        if p.pin_table and problem.table[p.pin_table].remote is not p.remote:
            yield Refusal(
                "pin_across",
                {"people": [p.id], "table": p.pin_table, "remote": p.remote},
                f"{p.id} is kept for a table where they cannot be: "
                f"{distance_text(p, problem.table[p.pin_table])}.",
                (("drop_pin", {"people": [p.id]}), ("change_side", {"people": [p.id]})),
            )


def _numbers(problem: Problem) -> Iterable[Refusal]:
    """Tables, seats, facilitators and people that do not add up, on each side by itself."""
    enough = True
    for side in sides_of(problem):
        found = list(_side_numbers(problem, side))
        enough = enough and not any(r.code == "too_few_people" for r in found)
        yield from (_said_of(side, r) for r in found)
    if enough:
        yield from _tables_wanted(problem, most_guided(problem))


def most_guided(problem: Problem) -> int:
    """Tables that the rooms and the facilitators allow, however few people come."""
    return sum(_most(problem, side) for side in sides_of(problem))


def _most(problem: Problem, side: Side) -> int:
    rooms = len(side.tables)
    return min(rooms, side.holders) if problem.has_facilitators else rooms


def _said_of(side: Side, refusal: Refusal) -> Refusal:
    """The refusal as it concerns the hall or those at a distance; unchanged where there is one side.

    More remote tables are had by marking some of the room's, and a few people at a distance are
    seated by asking them into the hall.
    """
    if not side.name:
        return refusal
    far = side.name == "remote"
    remedies = [
        ("mark_remote" if far and code == "more_tables" else code, {**params, "side": side.name})
        for code, params in refusal.remedies
    ]
    if far:
        remedies.append(("to_the_hall", {"count": side.people, "side": side.name}))
    return Refusal(
        refusal.code,
        {**refusal.params, "side": side.name},
        f"{'At a distance' if far else 'In the hall'}: {refusal.text}",
        tuple(remedies),
    )


def _side_numbers(problem: Problem, side: Side) -> Iterable[Refusal]:
    low, high = problem.rules.seats_min, problem.rules.seats_max
    n, rooms = side.people, len(side.tables)
    needed = -(-n // high)
    most = _most(problem, side)
    if n < low:
        yield Refusal(
            "too_few_people",
            {"people": n, "low": low},
            f"{n} people are fewer than the {low} that a table needs.",
            (("more_people", {"count": low - n}), ("seats_min", {"to": n})),
        )
        return
    if rooms < needed:
        yield Refusal(
            "too_few_tables",
            {"people": n, "tables": rooms, "needed": needed, "high": high},
            f"{n} people need {needed} tables of {high}, the room has {rooms}: "
            f"find {_count(needed - rooms, 'table')}.",
            (
                ("more_tables", {"count": needed - rooms}),
                ("seats_max", {"to": -(-n // max(1, rooms))}),
                ("fewer_people", {"count": n - rooms * high}),
            ),
        )
    elif most < needed:
        yield _too_few_guides(n, high, needed, most)
    elif most and not any(k * low <= n <= k * high for k in range(1, most + 1)):
        yield Refusal(
            "cannot_split",
            {"people": n, "low": low, "high": high},
            f"{n} people cannot be split into tables of {low} to {high}.",
            (("seats_min", {"to": n // needed}),),
        )
    yield from _access(problem, side)


def _too_few_guides(n: int, high: int, needed: int, most: int) -> Refusal:
    lack, seats = needed - most, -(-n // max(1, most))
    return Refusal(
        "too_few_facilitators",
        {"tables": needed, "facilitators": most, "missing": lack},
        f"{needed} tables, {most} facilitators: find "
        f"{_count(lack, 'more facilitator')}, or close {_count(lack, 'table')} "
        f"and seat up to {seats} at each.",
        (
            ("more_facilitators", {"count": lack}),
            ("close_tables", {"count": lack, "seats_max": seats}),
            ("fewer_people", {"count": n - most * high}),
        ),
    )


def _count(n: int, noun: str) -> str:
    return f"{n} {noun}" if n == 1 else f"{n} {noun}s"


def _access(problem: Problem, side: Side) -> Iterable[Refusal]:
    high = problem.rules.seats_max
    fit = sum(problem.tables[t].accessible for t in side.tables)
    seats = sum(len(b) for b in side.blocks if any(problem.people[m].needs_access for m in b))
    if seats > fit * high:
        more = -(-seats // high) - fit
        yield Refusal(
            "too_few_accessible",
            {"people": seats, "tables": fit, "missing": more},
            f"{seats} people need an accessible table, {_count(fit, 'table')} of {high} "
            f"can be reached: make {_count(more, 'more table')} accessible.",
            (("make_accessible", {"count": more}),),
        )


def _tables_wanted(problem: Problem, most: int) -> Iterable[Refusal]:
    """Challenges that need tables of their own (hosts, least numbers) beyond those that can open."""
    hosted = [c.id for c in problem.challenges if c.hosts]
    alone: list[str] = []
    for name in hosted:
        if not any(problem.may_share(name, other) for other in alone):
            alone.append(name)
    if len(alone) > most:
        yield Refusal(
            "too_many_hosted",
            {"challenges": alone, "tables": most},
            f"{len(alone)} challenges with hosts need a table each, {most} can open.",
            (("more_tables", {"count": len(alone) - most}),),
        )
    for c in problem.challenges:
        high = most if c.max_tables is None else c.max_tables
        if c.min_tables > min(most, high) or (c.hosts and high == 0):
            yield Refusal(
                "challenge_tables",
                {"challenge": c.id, "low": c.min_tables, "high": high, "tables": most},
                f"Challenge {c.id} cannot have the number of tables asked for.",
                (("free_challenge", {"challenge": c.id}),),
            )
