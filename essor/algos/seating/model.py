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
    """

    id: str
    attributes: Mapping[str, tuple[Value, ...]] = field(default_factory=dict)
    choices: tuple[str, ...] = ()
    facilitator: bool = False
    needs_access: bool = False
    pin_table: str | None = None
    pin_challenge: str | None = None


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
    """A table of the room, which a plan may open."""

    id: str
    accessible: bool = False


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
            "tables": [{"id": t.id, "accessible": t.accessible} for t in self.tables],
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


def read_problem(data: Any) -> Problem:
    """Read a problem from decoded JSON.

    Raises `BadProblem` with every fault found, each line beginning with its path, such as
    `people[3].choices: names challenge "c9", which is not in challenges`.
    """
    reader = _Reader()
    if not isinstance(data, Mapping):
        raise BadProblem(["the file: expected an object with people, tables and challenges"])
    if data.get("format", PROBLEM_FORMAT) != PROBLEM_FORMAT:
        reader.fault("format", f"expected {PROBLEM_FORMAT}, found {data.get('format')!r}")
    people = tuple(
        _read_person(reader, row, f"people[{i}]") for i, row in reader.rows(data, "people")
    )
    people = _read_pins(reader, data, people)
    challenges = tuple(
        _read_challenge(reader, row, f"challenges[{i}]")
        for i, row in reader.rows(data, "challenges")
    )
    tables = tuple(
        RoomTable(
            reader.name(row, "id", f"tables[{i}]"), reader.flag(row, "accessible", f"tables[{i}]")
        )
        for i, row in reader.rows(data, "tables")
    )
    rules = _read_rules(reader, data)
    mix = {str(k): reader.number(v, f"mix.{k}") for k, v in reader.mapping(data, "mix").items()}
    rounds = reader.whole(data.get("rounds", 1), "rounds", low=1, high=MAX_ROUNDS)
    together, apart = (reader.pairs(data, key) for key in ("together", "apart"))
    if reader.faults:
        raise BadProblem(reader.faults)
    return Problem(
        people, tables, challenges, mix, rules, rounds, together, apart, str(data.get("name") or "")
    )


def read_plan(data: Any, problem: Problem | None = None) -> Plan:
    """Read a plan from decoded JSON; with `problem`, also check that every name exists.

    Raises `BadPlan`. Whether the plan keeps the rules is `judge`'s business.
    """
    reader = _Reader()
    rounds = data.get("rounds") if isinstance(data, Mapping) else None
    if not isinstance(rounds, list) or not all(isinstance(r, list) for r in rounds):
        raise BadPlan(["rounds: expected a list of rounds, each a list of tables"])
    if data.get("format", PLAN_FORMAT) != PLAN_FORMAT:
        reader.fault("format", f"expected {PLAN_FORMAT}, found {data.get('format')!r}")
    read = tuple(
        tuple(
            Seating(
                reader.name(row, "table", f"rounds[{r}][{i}]"),
                reader.names(row, "challenges", f"rounds[{r}][{i}]"),
                reader.names(row, "people", f"rounds[{r}][{i}]"),
            )
            for i, row in enumerate(tables)
        )
        for r, tables in enumerate(rounds)
    )
    if problem is not None:
        _check_plan_names(reader, problem, read)
    if reader.faults:
        raise BadPlan(reader.faults)
    return Plan(read)


def _check_plan_names(
    reader: _Reader, problem: Problem, rounds: Sequence[Sequence[Seating]]
) -> None:
    for r, tables in enumerate(rounds):
        for i, s in enumerate(tables):
            known: tuple[tuple[str, Sequence[str], Mapping[str, Any]], ...] = (
                ("table", (s.table,), problem.table),
                ("challenges", s.challenges, problem.challenge),
                ("people", s.people, problem.person),
            )
            for key, names, existing in known:
                for name in names:
                    if name not in existing:
                        reader.fault(f"rounds[{r}][{i}].{key}", f'"{name}" is not in the problem')


class _Reader:
    """Collects faults with their path, so that one reading tells them all."""

    def __init__(self) -> None:
        self.faults: list[str] = []

    def fault(self, path: str, text: str) -> None:
        self.faults.append(f"{path}: {text}")

    def rows(self, data: Mapping[str, Any], key: str) -> list[tuple[int, Mapping[str, Any]]]:
        rows = data.get(key)
        if not isinstance(rows, list):
            self.fault(key, "expected a list")
            return []
        good = []
        for i, row in enumerate(rows):
            if isinstance(row, Mapping):
                good.append((i, row))
            else:
                self.fault(f"{key}[{i}]", "expected an object")
        return good

    def mapping(self, data: Mapping[str, Any], key: str) -> Mapping[str, Any]:
        value = data.get(key, {})
        if isinstance(value, Mapping):
            return value
        self.fault(key, "expected an object")
        return {}

    def name(self, row: Any, key: str, path: str) -> str:
        value = row.get(key) if isinstance(row, Mapping) else None
        if isinstance(value, str) and value:
            return value
        self.fault(f"{path}.{key}", "expected a name (text, not empty)")
        return ""

    def names(self, row: Any, key: str, path: str) -> tuple[str, ...]:
        value = row.get(key) if isinstance(row, Mapping) else None
        if value is None:
            return ()
        if isinstance(value, list | tuple) and all(isinstance(v, str) for v in value):
            return tuple(value)
        self.fault(f"{path}.{key}", "expected a list of names")
        return ()

    def optional(self, row: Mapping[str, Any], key: str, path: str) -> str | None:
        value = row.get(key)
        if value is None or (isinstance(value, str) and value):
            return value
        self.fault(f"{path}.{key}", "expected a name or null")
        return None

    def flag(self, row: Mapping[str, Any], key: str, path: str) -> bool:
        value = row.get(key, False)
        if isinstance(value, bool):
            return value
        self.fault(f"{path}.{key}", "expected true or false")
        return False

    def number(self, value: Any, path: str) -> float:
        usable = isinstance(value, int | float) and not isinstance(value, bool)
        if usable and 0 <= value <= 1e6:
            return value
        self.fault(path, "expected a number from 0 to a million")
        return 0

    def whole(self, value: Any, path: str, low: int = 0, high: int = 10**6) -> int:
        if isinstance(value, int) and not isinstance(value, bool) and low <= value <= high:
            return value
        self.fault(path, f"expected a whole number from {low} to {high}")
        return low

    def pairs(self, data: Mapping[str, Any], key: str) -> tuple[tuple[str, str], ...]:
        rows, good = data.get(key) or [], []
        if not isinstance(rows, list):
            self.fault(key, "expected a list of pairs")
            return ()
        for i, row in enumerate(rows):
            pair = list(row) if isinstance(row, list | tuple) else []
            if len(pair) == 2 and all(isinstance(x, str) for x in pair):
                good.append((pair[0], pair[1]))
            else:
                self.fault(f"{key}[{i}]", "expected two person ids")
        return tuple(good)


def _read_person(reader: _Reader, row: Mapping[str, Any], path: str) -> Person:
    attributes: dict[str, tuple[Value, ...]] = {}
    for key, raw in reader.mapping(row, "attributes").items():
        values = raw if isinstance(raw, list | tuple) else [] if raw is None else [raw]
        if not all(isinstance(v, str | int | float | bool) for v in values):
            reader.fault(f"{path}.attributes.{key}", "expected a value, a list of values or null")
            continue
        attributes[str(key)] = tuple(dict.fromkeys(values))
    return Person(
        reader.name(row, "id", path),
        attributes,
        reader.names(row, "choices", path),
        reader.flag(row, "facilitator", path),
        reader.flag(row, "needs_access", path),
        reader.optional(row, "pin_table", path),
        reader.optional(row, "pin_challenge", path),
    )


def _read_pins(
    reader: _Reader, data: Mapping[str, Any], people: tuple[Person, ...]
) -> tuple[Person, ...]:
    """Pins may also stand in a list of their own: `{"person", "table"}`, `{"person", "challenge"}`."""
    if not data.get("pins"):
        return people
    by_id = {p.id: i for i, p in enumerate(people)}
    pinned = list(people)
    for i, row in reader.rows(data, "pins"):
        at = by_id.get(str(row.get("person")))
        if at is None:
            reader.fault(f"pins[{i}].person", f'"{row.get("person")}" is not in people')
            continue
        p = pinned[at]
        pinned[at] = Person(
            p.id,
            p.attributes,
            p.choices,
            p.facilitator,
            p.needs_access,
            reader.optional(row, "table", f"pins[{i}]") or p.pin_table,
            reader.optional(row, "challenge", f"pins[{i}]") or p.pin_challenge,
        )
    return tuple(pinned)


def _read_challenge(reader: _Reader, row: Mapping[str, Any], path: str) -> Challenge:
    track = row.get("track", "imagine")
    if track not in TRACKS:
        reader.fault(f"{path}.track", 'expected "imagine" or "boost"')
    most = row.get("max_tables")
    return Challenge(
        reader.name(row, "id", path),
        str(track),
        reader.names(row, "neighbours", path),
        reader.names(row, "hosts", path),
        reader.whole(row.get("min_tables", 0), f"{path}.min_tables"),
        None if most is None else reader.whole(most, f"{path}.max_tables"),
    )


def _read_rules(reader: _Reader, data: Mapping[str, Any]) -> Rules:
    seats, costs = reader.mapping(data, "seats"), reader.mapping(data, "costs")
    usual = Rules()
    low = reader.whole(seats.get("min", usual.seats_min), "seats.min", low=1, high=1000)
    high = reader.whole(seats.get("max", usual.seats_max), "seats.max", low=1, high=1000)
    choice = costs.get("choice", list(usual.choice))
    if not isinstance(choice, list | tuple) or not choice:
        reader.fault("costs.choice", "expected a list of costs, one a rank")
        choice = list(usual.choice)
    ranks = tuple(reader.number(c, f"costs.choice[{i}]") for i, c in enumerate(choice))
    rest = {
        key: reader.number(costs.get(key, getattr(usual, key)), f"costs.{key}")
        for key in ("unlisted", "repeat", "same_challenge", "table", "merge")
    }
    return Rules(low, high, ranks, **rest)


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
