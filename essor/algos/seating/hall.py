"""The room during an evening as it stands: who sits where, what a seat costs, what stands in its way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from essor.algos.seating.judging import Cost
from essor.algos.seating.model import Person, Plan, Problem, Seating
from essor.algos.seating.violations import Violation, distance_text, violations


class NoSeat(Exception):
    """Nobody can be seated so: `code` and `params` say why, the message says it in English."""

    def __init__(self, code: str, text: str, **params: Any) -> None:
        self.code, self.params = code, params
        super().__init__(text)


@dataclass(frozen=True, slots=True)
class Placement:
    """Where somebody sits now, round by round, and what it cost."""

    person: str
    tables: tuple[str, ...]
    challenges: tuple[tuple[str, ...], ...]
    cost: float


@dataclass
class Table:
    """An open table in one round."""

    id: str
    challenges: tuple[str, ...]
    people: dict[str, None]
    counts: Counter[tuple[str, Any]]
    facilitators: int = 0


@dataclass(frozen=True, slots=True)
class Asks:
    """What does not change while one person is priced at many tables."""

    values: list[tuple[tuple[str, Any], float]]
    chooses: bool
    elsewhere: list[Table]
    friends: set[str]


class Hall:
    """The tables of each round with their people, and the rules and wishes that judge a seat.

    `round` (from 0) is the round being seated; earlier rounds are past, later ones may be repaired.
    """

    def __init__(self, problem: Problem, plan: Plan, round: int = 0) -> None:
        self.rules, self.mix = problem.rules, dict(problem.mix)
        self.round = round
        self._problem: Problem | None = problem
        self._base = problem
        self.people = dict(problem.person)
        self.challenges = dict(problem.challenge)
        self.rooms = dict(problem.table)
        self.together = _near(problem.together)
        self.apart = _near(problem.apart)
        self.hosting = dict(problem.hosting)
        self.facilitated = problem.has_facilitators
        self.here: set[str] = set()
        self._load(plan)

    def _load(self, plan: Plan) -> None:
        self.where: list[dict[str, str]] = []
        self.tables: list[dict[str, Table]] = []
        for seatings in plan.rounds:
            self.where.append({})
            self.tables.append({})
            for s in seatings:
                self.tables[-1][s.table] = Table(s.table, s.challenges, {}, Counter())
                for m in s.people:
                    self._sit(len(self.where) - 1, m, s.table)

    @property
    def problem(self) -> Problem:
        """The problem of those who are expected or here."""
        if self._problem is None:
            alive = self.people.keys()
            self._problem = replace(
                self._base,
                people=tuple(self.people.values()),
                tables=tuple(self.rooms.values()),
                challenges=tuple(
                    replace(c, hosts=tuple(h for h in c.hosts if h in alive))
                    for c in self.challenges.values()
                ),
                together=_kept(self._base.together, alive),
                apart=_kept(self._base.apart, alive),
            )
        return self._problem

    @property
    def plan(self) -> Plan:
        """The plan as it stands."""
        return Plan(
            tuple(
                tuple(
                    Seating(t.id, t.challenges, tuple(t.people))
                    for t in tables.values()
                    if t.people
                )
                for tables in self.tables
            )
        )

    def warnings(self) -> list[Violation]:
        """Hard rules that the room breaks as it stands (after a no-show, say)."""
        return list(violations(self.problem, self.plan))

    def _known(self, person: str) -> Person:
        if person not in self.people:
            raise NoSeat("unknown", f"{person} is not expected.", person=person)
        return self.people[person]

    def _values(self, p: Person) -> Iterable[tuple[str, Any]]:
        return ((a, v) for a in self.mix for v in p.attributes.get(a, ()))

    def _sit(self, r: int, person: str, table: str) -> None:
        t, p = self.tables[r][table], self.people[person]
        t.people[person] = None
        t.counts.update(self._values(p))
        t.facilitators += p.facilitator
        self.where[r][person] = table

    def _rise(self, r: int, person: str) -> None:
        t, p = self.tables[r][self.where[r].pop(person)], self.people[person]
        del t.people[person]
        t.counts.subtract(self._values(p))
        t.facilitators -= p.facilitator

    def _placement(self, person: str) -> Placement:
        at = [self.tables[r][self.where[r][person]] for r in range(self.round, len(self.where))]
        cost = sum(
            self._price(r, self.people[person], t).total for r, t in enumerate(at, self.round)
        )
        return Placement(person, tuple(t.id for t in at), tuple(t.challenges for t in at), cost)

    def _price(self, r: int, p: Person, t: Table, asks: Asks | None = None) -> Cost:
        """What p pays (and makes others pay) at t in round r."""
        asks = asks or self._asks(r, p)
        inside = p.id in t.people
        mixing = sum(w * (t.counts[key] - inside) for key, w in asks.values)
        choice = self._choice(p, t.challenges) if asks.chooses else 0.0
        again = same = 0
        for mates in asks.elsewhere:
            again += sum(m in mates.people and m not in asks.friends for m in t.people)
            if asks.chooses:
                same += len(set(mates.challenges) & set(t.challenges))
        return Cost(mixing, choice, self.rules.repeat * again, self.rules.same_challenge * same)

    def _asks(self, r: int, p: Person) -> Asks:
        others = (other for other in range(len(self.where)) if other != r)
        return Asks(
            [(key, self.mix[key[0]]) for key in self._values(p)],
            bool(p.choices) and not p.facilitator and p.id not in self.hosting,
            [self.tables[o][self.where[o][p.id]] for o in others if p.id in self.where[o]],
            {p.id, *self.together.get(p.id, ())},
        )

    def _choice(self, p: Person, challenges: Sequence[str]) -> float:
        costs = self.rules.choice
        for rank, c in enumerate(p.choices):
            if c in challenges:
                return costs[min(rank, len(costs) - 1)]
        return self.rules.unlisted

    def _obstacles(self, r: int, p: Person, t: Table) -> Iterable[Violation]:
        """Hard rules that p joining t would break."""

        def fault(code: str, text: str, **params: Any) -> Violation:
            return Violation(code, {"round": r + 1, "person": p.id, "table": t.id, **params}, text)

        if len(t.people) >= self.rules.seats_max:
            yield fault("size", f"table {t.id} is full")
        if p.needs_access and not self.rooms[t.id].accessible:
            yield fault("access", f"{p.id} needs an accessible table")
        if p.remote is not self.rooms[t.id].remote:
            yield fault("distance", distance_text(p, self.rooms[t.id]))
        if p.pin_table not in (None, t.id):
            yield fault("pin_table", f"{p.id} is kept for table {p.pin_table}")
        pinned = (p.pin_challenge,) if p.pin_challenge else ()
        for c in (*self.hosting.get(p.id, ()), *pinned):
            if c not in t.challenges:
                yield fault("host", f"{p.id} belongs to challenge {c}", challenge=c)
        for other in self.apart.get(p.id, ()):
            if other in t.people:
                yield fault(
                    "apart", f"{p.id} and {other} asked to be apart", first=p.id, second=other
                )
        for other in self.together.get(p.id, ()):
            seat = self.where[r].get(other)
            if seat is not None and seat != t.id:
                yield fault(
                    "together", f"{p.id} and {other} asked to be together", first=p.id, second=other
                )

    def _lacks(self, r: int, table: str, without: str | None = None) -> list[Violation]:
        """What a table lacks, or would lack `without` somebody."""
        t = self.tables[r][table]
        gone = 1 if without in t.people else 0
        left = len(t.people) - gone
        guides = t.facilitators - (self.people[without].facilitator if without and gone else 0)
        found = []
        if left and left < self.rules.seats_min:
            found.append(
                Violation(
                    "size",
                    {"round": r + 1, "table": table, "people": left},
                    f"table {table} has {left} people, {self.rules.seats_min} are needed",
                )
            )
        if left and self.facilitated and guides < 1:
            found.append(
                Violation(
                    "facilitator",
                    {"round": r + 1, "table": table},
                    f"table {table} has no facilitator",
                )
            )
        return found

    def _bound(self, person: str) -> bool:
        p = self.people[person]
        bound = p.pin_table or p.pin_challenge or p.needs_access or p.remote
        return bool(bound or person in self.hosting)

    def _best(self, r: int, p: Person) -> str:
        """The cheapest legal table for p in round r."""
        best: tuple[float, int, str] | None = None
        asks = self._asks(r, p)
        for t in self.tables[r].values():
            if not 0 < len(t.people) < self.rules.seats_max:
                continue
            offer = (self._price(r, p, t, asks).total, len(t.people), t.id)
            better = best is None or offer < best
            if better and next(iter(self._obstacles(r, p, t)), None) is None:
                best = offer
        if best is None:
            full = all(len(t.people) >= self.rules.seats_max for t in self.tables[r].values())
            code, text = (
                ("full", "Every open table is full")
                if full
                else ("no_legal_seat", "No open table with a free seat suits them")
            )
            raise NoSeat(code, f"{text}: open another table.", person=p.id, round=r + 1)
        return best[2]


def _near(pairs: Iterable[tuple[str, str]]) -> dict[str, set[str]]:
    near: dict[str, set[str]] = {}
    for a, b in pairs:
        near.setdefault(a, set()).add(b)
        near.setdefault(b, set()).add(a)
    return near


def _kept(pairs: Sequence[tuple[str, str]], alive: Iterable[str]) -> tuple[tuple[str, str], ...]:
    known = set(alive)
    return tuple(pair for pair in pairs if known.issuperset(pair))
