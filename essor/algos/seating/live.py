"""Live re-seating at the door: one person at a time, in a millisecond, moving nobody who sits.

Plain Python on counts for each table: pricing one person at every open table is
O(tables x attributes). What is decided here is greedy; `repair` then searches future rounds anew.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from essor.algos.seating.hall import Hall, NoSeat, Placement, Table
from essor.algos.seating.judging import Cost
from essor.algos.seating.model import Person
from essor.algos.seating.outcome import Outcome
from essor.algos.seating.search import solve
from essor.algos.seating.violations import Violation


@dataclass(frozen=True, slots=True)
class Effect:
    """What a change does: cost before and after for the people concerned, rules it would break."""

    person: str
    table: str
    challenges: tuple[str, ...]
    before: Cost
    after: Cost
    breaks: tuple[Violation, ...]

    @property
    def change(self) -> float:
        return self.after.total - self.before.total

    @property
    def legal(self) -> bool:
        return not self.breaks


class Live(Hall):
    """The room during an evening: `problem` and `plan` as they stand, changed by each call.

    `round` (from 0) is the round being seated; earlier rounds are past, later ones may be repaired.
    """

    def arrive(self, person: str) -> Placement:
        """Somebody expected is here: the planned seat, or the best one free when it is gone."""
        if person not in self.people:
            raise NoSeat("unknown", f"{person} is not expected.", person=person)
        self.here.add(person)
        for r in range(self.round, len(self.where)):
            if person not in self.where[r]:
                self._sit(r, person, self._best(r, self.people[person]))
        return self._placement(person)

    def walk_in(self, person: Person) -> Placement:
        """Somebody nobody expected: the best legal seat in this round and the next ones."""
        if person.id in self.people:
            raise NoSeat("known", f"{person.id} is already expected.", person=person.id)
        for c in person.choices:
            if c not in self.challenges:
                raise NoSeat("unknown_challenge", f"There is no challenge {c}.", challenge=c)
        self.people[person.id] = person
        try:
            for r in range(self.round, len(self.where)):
                self._sit(r, person.id, self._best(r, person))
        except NoSeat:
            for r in range(self.round, len(self.where)):
                if person.id in self.where[r]:
                    self._rise(r, person.id)
            del self.people[person.id]
            raise
        self._problem = None
        self.here.add(person.id)
        return self._placement(person.id)

    def no_show(self, person: str) -> list[Violation]:
        """Somebody expected will not come: the seat is free. Returns what the table now lacks."""
        if person not in self.people:
            raise NoSeat("unknown", f"{person} is not expected.", person=person)
        touched = []
        for r in range(len(self.where)):
            table = self.where[r].get(person)
            if table is not None:
                self._rise(r, person)
                touched += list(self._lacks(r, table)) if r >= self.round else []
        del self.people[person]
        self.here.discard(person)
        self._problem = None
        return touched

    def close_table(self, table: str) -> list[Placement]:
        """A table closes in this round: those who sat there, and only they, find the best seats.

        Raises `NoSeat` and changes nothing when they cannot all be seated.
        """
        r = self.round
        if table not in self.tables[r]:
            raise NoSeat("not_open", f"Table {table} is not open.", table=table)
        closed = self.tables[r][table]
        members = list(closed.people)
        for m in members:
            self._rise(r, m)
        del self.tables[r][table]
        seated: list[str] = []
        try:
            for m in sorted(members, key=lambda m: (not self._bound(m), m)):
                self._sit(r, m, self._best(r, self.people[m]))
                seated.append(m)
        except NoSeat:
            for m in seated:
                self._rise(r, m)
            self.tables[r][table] = Table(table, closed.challenges, {}, Counter())
            for m in members:
                self._sit(r, m, table)
            raise
        return [self._placement(m) for m in members]

    def open_table(self, table: str, challenges: Sequence[str], people: Sequence[str]) -> None:
        """Open another table in this round with some people who agree to move (a facilitator too).

        Raises `NoSeat` and changes nothing when the table is unknown, open, or would lack somebody.
        """
        r = self.round
        if table not in self.rooms or table in self.tables[r]:
            raise NoSeat("not_closed", f"Table {table} is not a closed table.", table=table)
        unknown = [c for c in challenges if c not in self.challenges]
        if unknown or not challenges:
            raise NoSeat("unknown_challenge", "Name a challenge for the table.", challenges=unknown)
        old = {m: self.where[r].get(self._known(m).id) for m in dict.fromkeys(people)}
        self.tables[r][table] = Table(table, tuple(challenges), {}, Counter())
        for m, seat in old.items():
            if seat is not None:
                self._rise(r, m)
            self._sit(r, m, table)
        touched = {table, *(seat for seat in old.values() if seat is not None)}
        faults = [v for t in sorted(touched) for v in self._lacks(r, t)]
        faults += [
            v
            for m in old
            for v in self._obstacles(r, self.people[m], self.tables[r][table])
            if v.code != "size"
        ]
        if faults:
            for m, seat in old.items():
                self._rise(r, m)
                if seat is not None:
                    self._sit(r, m, seat)
            del self.tables[r][table]
            raise NoSeat("breaks_rules", "; ".join(v.text for v in faults), table=table)

    def effect_of_move(self, person: str, table: str) -> Effect:
        """What moving somebody to a table in this round would do, before doing it."""
        r, p = self.round, self._known(person)
        target = self.tables[r].get(table)
        if target is None:
            raise NoSeat("not_open", f"Table {table} is not open.", table=table)
        now = self.where[r].get(person)
        before = self._price(r, p, self.tables[r][now]) if now else Cost()
        breaks = list(self._obstacles(r, p, target)) if now != table else []
        if now and now != table:
            breaks += self._lacks(r, now, without=person)
        return Effect(
            person, table, target.challenges, before, self._price(r, p, target), tuple(breaks)
        )

    def move(self, person: str, table: str, force: bool = False) -> Effect:
        """Move somebody in this round; a move that breaks a rule needs `force`."""
        effect = self.effect_of_move(person, table)
        if effect.breaks and not force:
            raise NoSeat(
                "breaks_rules", "; ".join(v.text for v in effect.breaks), person=person, table=table
            )
        if person in self.where[self.round]:
            self._rise(self.round, person)
        self._sit(self.round, person, table)
        return effect

    def next_round(self) -> None:
        """The next round begins; the one before is past."""
        if self.round + 1 >= len(self.where):
            raise NoSeat("last_round", "This is the last round.")
        self.round += 1

    def repair(
        self, steps: int | None = None, seconds: float | None = None, seed: int = 1
    ) -> Outcome:
        """Search the future rounds anew (this one and past ones keep their seats)."""
        first = self.round + 1
        if first >= len(self.where):
            raise NoSeat("last_round", "There is no future round to repair.")
        outcome = solve(
            self.problem,
            seed=seed,
            steps=steps,
            seconds=seconds,
            start=self.plan,
            first_round=first,
        )
        if outcome.plan:
            self._load(outcome.plan)
        return outcome
