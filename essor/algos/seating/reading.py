"""Reading a problem and a plan from decoded JSON, with every fault named by its path."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from essor.algos.seating.model import (
    MAX_ROUNDS,
    PLAN_FORMAT,
    PROBLEM_FORMAT,
    TRACKS,
    BadPlan,
    BadProblem,
    Challenge,
    Person,
    Plan,
    Problem,
    RoomTable,
    Rules,
    Seating,
    Value,
)


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
            reader.name(row, "id", f"tables[{i}]"),
            reader.flag(row, "accessible", f"tables[{i}]"),
            reader.flag(row, "remote", f"tables[{i}]"),
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
        reader.flag(row, "remote", path),
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
        pinned[at] = replace(
            p,
            pin_table=reader.optional(row, "table", f"pins[{i}]") or p.pin_table,
            pin_challenge=reader.optional(row, "challenge", f"pins[{i}]") or p.pin_challenge,
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
