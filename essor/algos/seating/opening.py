"""The first plan: how many tables open, what each works on, who sits where, before any search.

Greedy and quick (O(people x tables of a challenge)): it keeps the rules where that is easy and
leaves the rest to the search, whose penalties mend what it broke.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import TYPE_CHECKING

from essor.algos.later import Later
from essor.algos.seating.compiled import Compiled, Ints, State
from essor.algos.seating.model import Plan

if TYPE_CHECKING:
    import numpy as np

    from essor.algos.seating import kernels
else:
    np = Later("numpy")
    kernels = Later("essor.algos.seating.kernels")


def most_tables(c: Compiled) -> int:
    """Tables that can be open at once: rooms, facilitators (tied ones count once), least seats."""
    f = c.fixed
    most = min(len(f.accessible), int(f.usize.sum()) // max(1, f.low))
    if f.facilitated:
        most = min(most, int((f.ufac > 0).sum()))
    return most


def empty_state(c: Compiled, seed: int) -> State:
    """A state in which nobody sits."""
    f, rounds = c.fixed, c.problem.rounds
    units, tables, values = len(f.usize), len(f.accessible), len(f.weight)
    rng = random.Random(seed)
    return State(
        where=np.full((rounds, units), -1, np.int32),
        pos=np.zeros((rounds, units), np.int32),
        mem=np.zeros((rounds, tables, c.capacity), np.int32),
        nmem=np.zeros((rounds, tables), np.int32),
        size=np.zeros((rounds, tables), np.int32),
        fac=np.zeros((rounds, tables), np.int32),
        cnt=np.zeros((rounds, tables, values), np.int32),
        topic=np.zeros((rounds, tables), np.int32),
        used=np.zeros((rounds, len(c.problem.challenges)), np.int32),
        stay=np.zeros((rounds, units), np.float64),
        rng=np.array([rng.randrange(1, 2**32) for _ in range(4)], np.int64),
        log=np.zeros((c.capacity + 2, 2), np.int32),
    )


def copy_state(state: State) -> State:
    """A state of its own."""
    return State(**{name: a.copy() for name, a in state._asdict().items()})


def first_state(c: Compiled, seed: int, tables: int | None = None) -> State:
    """A greedy plan with as many tables as can be open, or `tables`."""
    state = empty_state(c, seed)
    k = max(1, min(tables or most_tables(c), len(c.fixed.accessible)))
    seats = np.zeros_like(state.where)
    for r in range(c.problem.rounds):
        builder = _Builder(c, random.Random(f"{seed}/{r}"), r, k)
        seats[r] = builder.seats()
        state.topic[r] = builder.topic
    kernels.fill(c.fixed, state, seats)
    return state


def state_of(c: Compiled, plan: Plan, seed: int) -> State:
    """The state of an existing plan. Everybody must sit; a block split in the plan is joined."""
    state = empty_state(c, seed)
    table = {t.id: i for i, t in enumerate(c.problem.tables)}
    topic = {ch.id: i for i, ch in enumerate(c.problem.challenges)}
    person = {p.id: i for i, p in enumerate(c.problem.people)}
    seats = np.zeros_like(state.where)
    for r, seatings in enumerate(plan.rounds):
        for s in seatings:
            t = table[s.table]
            names = tuple(sorted(topic[x] for x in s.challenges))
            state.topic[r, t] = c.set_index.get(names, c.set_index[names[:1]] if names else 0)
            for m in s.people:
                seats[r, c.unit_of[person[m]]] = t
    kernels.fill(c.fixed, state, seats)
    return state


@dataclass
class _Builder:
    c: Compiled
    rng: random.Random
    round: int
    tables: int

    def seats(self) -> Ints:
        """Table of each unit; fills `self.topic` with the topic set of each table."""
        f = self.c.fixed
        n = int(f.usize.sum())
        self.where = np.full(len(f.usize), -1, np.int32)
        self.size = [0] * len(f.accessible)
        self.topic = np.zeros(len(f.accessible), np.int32)
        self.special = f.special.tolist()
        self.fill_to = min(int(f.high), -(-n // self.tables) + 1)
        self._open()
        order = list(range(len(f.usize)))
        self.rng.shuffle(order)
        order.sort(key=lambda u: -int(f.usize[u]))
        for u in order:
            if f.upin[u] >= 0 or f.must_ptr[u] < f.must_ptr[u + 1]:
                self._seat(u, self._bound_table(u))
        self._facilitate([u for u in order if self.where[u] < 0 and f.ufac[u] > 0])
        rest = [u for u in order if self.where[u] < 0]
        rest.sort(key=lambda u: f.uaccess[u] == 0)
        for u in rest:
            self._seat(u, self._wished_table(u))
        return self.where

    def _open(self) -> None:
        """Choose the tables that open and share the challenges among them by demand."""
        f = self.c.fixed
        rooms = list(range(len(f.accessible)))
        pinned = {int(t) for t in f.upin if t >= 0}
        rooms.sort(key=lambda t: (t not in pinned, not f.accessible[t], t))
        self.open = rooms[: self.tables]
        due = self._due()
        self.tables_of: dict[int, list[int]] = {}
        taken = sorted(self.open, key=lambda t: (t in pinned, not f.accessible[t], t))
        for t, s in zip(taken, due, strict=False):
            self._give(t, s)
        for t in self.open:
            pins = [u for u in range(len(f.upin)) if f.upin[u] == t] if t in pinned else []
            musts = sorted(
                {int(x) for u in pins for x in f.must[f.must_ptr[u] : f.must_ptr[u + 1]]}
            )
            if musts and tuple(musts) in self.c.set_index:
                self._give(t, self.c.set_index[tuple(musts)])

    def _give(self, t: int, s: int) -> None:
        for i in self.c.sets[int(self.topic[t])]:
            if t in self.tables_of.get(i, []):
                self.tables_of[i].remove(t)
        self.topic[t] = s
        for i in self.c.sets[s]:
            self.tables_of.setdefault(i, []).append(t)

    def _due(self) -> list[int]:
        """Topic sets for the open tables: those a rule wants first, then by demand (D'Hondt)."""
        c, f = self.c, self.c.fixed
        due: list[int] = []
        have = [0] * len(c.problem.challenges)
        wanted = [
            tuple(sorted(int(x) for x in f.must[f.must_ptr[u] : f.must_ptr[u + 1]]))
            for u in range(len(f.usize))
        ]
        for must in dict.fromkeys(w for w in wanted if w):
            if must in c.set_index and not any(set(must) <= set(c.sets[s]) for s in due):
                due.append(c.set_index[must])
                for i in must:
                    have[i] += 1
        for i, low in enumerate(f.topic_low):
            while have[i] < low:
                due.append(c.set_index[(i,)])
                have[i] += 1
        if len(due) > self.tables:
            due = self._merged(due)
        demand = self._demand()
        while len(due) < self.tables:
            free = [i for i in range(len(have)) if have[i] < f.topic_high[i]]
            i = max(free or range(len(have)), key=lambda i: (demand[i] / (have[i] + 0.7), -have[i]))
            have[i] += 1
            due.append(c.set_index[(i,)])
        return self._covering(due, have)

    def _covering(self, due: list[int], have: list[int]) -> list[int]:
        """Give challenges that are somebody's only hope a table, at the cost of those with most."""
        f = self.c.fixed
        rows = [
            f.wish[f.wish_ptr[k] : f.wish_ptr[k + 1]].tolist() for k in range(len(f.wish_ptr) - 1)
        ]
        while True:
            lost = [w for row in rows if not any(have[i] for i in row) for w in set(row)]
            rich = [
                at
                for at, s in enumerate(due)
                if len(self.c.sets[s]) == 1
                and have[self.c.sets[s][0]] > max(1, f.topic_low[self.c.sets[s][0]])
            ]
            lost = [i for i in lost if f.topic_high[i] > 0]
            if not lost or not rich:
                return due
            i = max(sorted(set(lost)), key=lost.count)
            at = max(rich, key=lambda at: have[self.c.sets[due[at]][0]])
            have[self.c.sets[due[at]][0]] -= 1
            have[i] += 1
            due[at] = self.c.set_index[(i,)]

    def _merged(self, due: list[int]) -> list[int]:
        """Fewer topic sets, by joining neighbours greedily, when tables are fewer than hosts' wishes."""
        merged: list[set[int]] = []
        for s in due:
            topics = set(self.c.sets[s])
            for other in merged:
                if tuple(sorted(other | topics)) in self.c.set_index:
                    other |= topics
                    break
            else:
                merged.append(topics)
        return [self.c.set_index[tuple(sorted(m))] for m in merged]

    def _demand(self) -> list[float]:
        """Seats wished for each challenge, the wish of this round first."""
        f = self.c.fixed
        demand = [0.0] * len(self.c.problem.challenges)
        for k in range(len(f.wish_ptr) - 1):
            wishes = f.wish[f.wish_ptr[k] : f.wish_ptr[k + 1]]
            for rank in range(len(wishes)):
                favourite = rank == self.round % len(wishes)
                demand[int(wishes[rank])] += 1.0 if favourite else 0.15
        return demand

    def _seat(self, u: int, t: int) -> None:
        self.where[u] = t
        self.size[t] += int(self.c.fixed.usize[u])

    def _bound_table(self, u: int) -> int:
        """The table a pin names, or the emptiest that works on all the unit must work on."""
        f = self.c.fixed
        if f.upin[u] >= 0:
            return int(f.upin[u])
        must = [int(x) for x in f.must[f.must_ptr[u] : f.must_ptr[u + 1]]]
        good = [
            t
            for t in self.tables_of.get(must[0], [])
            if set(must) <= set(self.c.sets[int(self.topic[t])])
        ]
        return min(
            good or self.open,
            key=lambda t: (self.size[t] >= f.high, self._unfit(u, t), self.size[t]),
        )

    def _unfit(self, u: int, t: int) -> int:
        f = self.c.fixed
        if not self.special[u]:
            return 0
        apart = f.apart[f.apart_ptr[u] : f.apart_ptr[u + 1]]
        return int(f.uaccess[u] > 0 and not f.accessible[t]) + int((self.where[apart] == t).sum())

    def _facilitate(self, units: list[int]) -> None:
        """One facilitator for each open table that has none, the rest among the emptiest."""
        f = self.c.fixed
        held = {
            int(self.where[u]) for u in range(len(f.usize)) if self.where[u] >= 0 and f.ufac[u] > 0
        }
        lacking = [t for t in self.open if t not in held]
        for u in units:
            if not lacking:
                break
            fit = self._emptiest(u, lacking)
            lacking.remove(fit)
            self._seat(u, fit)

    def _wished_table(self, u: int) -> int:
        """The emptiest table of the best wish with room, or the emptiest of all."""
        f = self.c.fixed
        n = int(f.usize[u])
        wishes: list[int] = []
        for k in range(f.chooser_ptr[u], f.chooser_ptr[u + 1]):
            row = [int(x) for x in f.wish[f.wish_ptr[k] : f.wish_ptr[k + 1]]]
            turn = self.round % max(1, len(row))
            wishes += row[turn:] + row[:turn]
        for wish in wishes:
            tables = [
                t
                for t in self.tables_of.get(wish, [])
                if self.size[t] + n <= self.fill_to and not self._unfit(u, t)
            ]
            if tables:
                return min(tables, key=self.size.__getitem__)
        roomy = [t for t in self.open if self.size[t] + n <= f.high]
        return self._emptiest(u, roomy or self.open)

    def _emptiest(self, u: int, tables: list[int]) -> int:
        """The emptiest of the tables that suit u best."""
        if not self.special[u]:
            return min(tables, key=self.size.__getitem__)
        return min(tables, key=lambda t: (self._unfit(u, t), self.size[t]))
