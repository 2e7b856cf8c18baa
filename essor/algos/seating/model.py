"""What an evening asks of the seating, and what a plan answers; reading and writing both.

The file formats are `essor-evening/1` (a problem) and `essor-plan/1` (a plan). Everything is
frozen: the engine never changes what it is given, it makes a new plan.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

PROBLEM_FORMAT = "essor-evening/1"
PLAN_FORMAT = "essor-plan/1"
TRACKS = ("imagine", "boost")
MAX_ROUNDS = 12

Value = str | int | float | bool


class BadProblem(ValueError):
    """The problem cannot be read; `messages` says where and why, one line a fault."""

    def __init__(self, messages: Sequence[str]) -> None:
        self.messages = list(messages)
        super().__init__("\n".join(self.messages))


class BadPlan(BadProblem):
    """The plan cannot be read, or names tables, people or challenges that do not exist."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who will sit.

    `attributes` holds for each attribute a tuple of values: empty when unknown, several for a
    person of several spheres. `choices` are challenge ids, best first; none means happy anywhere.
    `pin_table` and `pin_challenge` are the host's wish to have this person there, a hard rule.
    `remote` people take part from a distance: they sit at remote tables, everybody else never.
    """

    id: str
    attributes: Mapping[str, tuple[Value, ...]] = field(default_factory=dict)
    choices: tuple[str, ...] = ()
    facilitator: bool = False
    needs_access: bool = False
    pin_table: str | None = None
    pin_challenge: str | None = None
    remote: bool = False


@dataclass(frozen=True, slots=True)
class Challenge:
    """A question to work on.

    `neighbours` may share its table when both name each other. `hosts` sit at its table in every
    round. `min_tables` and `max_tables` bound how many tables work on it in each round.
    """

    id: str
    track: str = "imagine"
    neighbours: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    min_tables: int = 0
    max_tables: int | None = None


@dataclass(frozen=True, slots=True)
class RoomTable:
    """A table of the room, which a plan may open; a `remote` one meets by video."""

    id: str
    accessible: bool = False
    remote: bool = False


@dataclass(frozen=True, slots=True)
class Rules:
    """Seats at an open table (facilitators and hosts included) and what each thing costs.

    `choice` is the cost of rank 1, 2, ...; the last entry serves all ranks after it. `table` is
    an optional cost of each open table (0: as many as mix best), `merge` of each challenge
    beyond the first at a table.
    """

    seats_min: int = 6
    seats_max: int = 12
    choice: tuple[float, ...] = (0, 4, 8)
    unlisted: float = 40
    repeat: float = 25
    same_challenge: float = 40
    table: float = 0
    merge: float = 0


@dataclass(frozen=True)
class Problem:
    """An evening to seat. Build it here or with `read_problem`; both check every name."""

    people: tuple[Person, ...]
    tables: tuple[RoomTable, ...]
    challenges: tuple[Challenge, ...]
    mix: Mapping[str, float]
    rules: Rules = Rules()
    rounds: int = 1
    together: tuple[tuple[str, str], ...] = ()
    apart: tuple[tuple[str, str], ...] = ()
    name: str = ""

    def __post_init__(self) -> None:
        faults = _broken_names(self)
        if faults:
            raise BadProblem(faults)

    @cached_property
    def person(self) -> Mapping[str, Person]:
        """People by id."""
        return {p.id: p for p in self.people}

    @cached_property
    def challenge(self) -> Mapping[str, Challenge]:
        """Challenges by id."""
        return {c.id: c for c in self.challenges}

    @cached_property
    def table(self) -> Mapping[str, RoomTable]:
        """Tables of the room by id."""
        return {t.id: t for t in self.tables}

    @cached_property
    def hosting(self) -> Mapping[str, tuple[str, ...]]:
        """Challenges that each host holds, by person id."""
        found: dict[str, list[str]] = {}
        for c in self.challenges:
            for host in c.hosts:
                found.setdefault(host, []).append(c.id)
        return {p: tuple(cs) for p, cs in found.items()}

    @cached_property
    def has_facilitators(self) -> bool:
        """Whether anybody facilitates; if so every open table needs one."""
        return any(p.facilitator for p in self.people)

    @cached_property
    def split(self) -> bool:
        """Whether some take part from a distance, or some tables are kept for them."""
        return any(p.remote for p in self.people) or any(t.remote for t in self.tables)

    def chooses(self, person: Person) -> bool:
        """Whether this person's choices count: facilitators and hosts pay no choice cost."""
        return bool(person.choices) and not person.facilitator and person.id not in self.hosting

    def may_share(self, first: str, second: str) -> bool:
        """Whether two challenges name each other as neighbours."""
        a, b = self.challenge[first], self.challenge[second]
        return second in a.neighbours and first in b.neighbours

    def to_dict(self) -> dict[str, Any]:
        """The problem in the format essor-evening/1; `read_problem` gives it back equal."""
        r = self.rules
        costs: dict[str, Any] = {
            "choice": list(r.choice),
            "unlisted": r.unlisted,
            "repeat": r.repeat,
            "same_challenge": r.same_challenge,
        }
        costs.update({k: v for k, v in (("table", r.table), ("merge", r.merge)) if v})
        return {
            "format": PROBLEM_FORMAT,
            "name": self.name,
            "rounds": self.rounds,
            "seats": {"min": r.seats_min, "max": r.seats_max},
            "tables": [
                {"id": t.id, "accessible": t.accessible, **({"remote": True} if t.remote else {})}
                for t in self.tables
            ],
            "challenges": [_challenge_dict(c) for c in self.challenges],
            "people": [_person_dict(p) for p in self.people],
            "together": [list(pair) for pair in self.together],
            "apart": [list(pair) for pair in self.apart],
            "mix": dict(self.mix),
            "costs": costs,
        }


@dataclass(frozen=True, slots=True)
class Seating:
    """One open table in one round."""

    table: str
    challenges: tuple[str, ...]
    people: tuple[str, ...]


@dataclass(frozen=True)
class Plan:
    """Who sits where: the open tables of each round."""

    rounds: tuple[tuple[Seating, ...], ...]

    def to_dict(self) -> dict[str, Any]:
        """The plan in the format essor-plan/1."""
        return {
            "format": PLAN_FORMAT,
            "rounds": [
                [
                    {"table": s.table, "challenges": list(s.challenges), "people": list(s.people)}
                    for s in tables
                ]
                for tables in self.rounds
            ],
        }

    def seating_of(self, person: str, round_number: int = 0) -> Seating | None:
        """Where a person sits in a round (counted from 0), or None."""
        return next((s for s in self.rounds[round_number] if person in s.people), None)


def _broken_names(problem: Problem) -> list[str]:
    """Names used twice or unknown, and numbers that contradict each other."""
    faults: list[str] = []
    groups: tuple[tuple[str, Sequence[Any]], ...] = (
        ("people", problem.people),
        ("tables", problem.tables),
        ("challenges", problem.challenges),
    )
    for key, rows in groups:
        seen: set[str] = set()
        for i, row in enumerate(rows):
            if row.id in seen:
                faults.append(f'{key}[{i}].id: "{row.id}" is used twice')
            seen.add(row.id)
        if not rows:
            faults.append(f"{key}: at least one is needed")
    ids = {key: {row.id for row in rows} for key, rows in groups}

    def known(path: str, kind: str, name: str | None) -> None:
        if name is not None and name not in ids[kind]:
            faults.append(f'{path}: "{name}" is not in {kind}')

    for i, p in enumerate(problem.people):
        for choice in p.choices:
            known(f"people[{i}].choices", "challenges", choice)
        known(f"people[{i}].pin_table", "tables", p.pin_table)
        known(f"people[{i}].pin_challenge", "challenges", p.pin_challenge)
    for i, c in enumerate(problem.challenges):
        for other in c.neighbours:
            known(f"challenges[{i}].neighbours", "challenges", other)
        for host in c.hosts:
            known(f"challenges[{i}].hosts", "people", host)
    for key, pairs in (("together", problem.together), ("apart", problem.apart)):
        for i, pair in enumerate(pairs):
            for person in pair:
                known(f"{key}[{i}]", "people", person)
            if pair[0] == pair[1]:
                faults.append(f"{key}[{i}]: the same person twice")
    if problem.rules.seats_min > problem.rules.seats_max:
        faults.append(
            f"seats: min {problem.rules.seats_min} is above max {problem.rules.seats_max}"
        )
    if not 1 <= problem.rounds <= MAX_ROUNDS:
        faults.append(f"rounds: expected 1 to {MAX_ROUNDS}")
    return faults


def _person_dict(p: Person) -> dict[str, Any]:
    row: dict[str, Any] = {
        "id": p.id,
        "attributes": {
            k: list(v) if len(v) > 1 else v[0] if v else None for k, v in p.attributes.items()
        },
        "choices": list(p.choices),
        "facilitator": p.facilitator,
        "needs_access": p.needs_access,
        **({"remote": True} if p.remote else {}),
    }
    row.update(
        {
            k: v
            for k, v in (("pin_table", p.pin_table), ("pin_challenge", p.pin_challenge))
            if v is not None
        }
    )
    return row


def _challenge_dict(c: Challenge) -> dict[str, Any]:
    row: dict[str, Any] = {
        "id": c.id,
        "track": c.track,
        "neighbours": list(c.neighbours),
        "hosts": list(c.hosts),
    }
    if c.min_tables:
        row["min_tables"] = c.min_tables
    if c.max_tables is not None:
        row["max_tables"] = c.max_tables
    return row
