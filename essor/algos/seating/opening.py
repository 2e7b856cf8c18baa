"""Where a search begins: the first plan, an existing one, or nobody seated yet."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from essor.algos.later import Later
from essor.algos.seating.arrays import Compiled, Seats, State
from essor.algos.seating.bounds import most_open, most_open_of, sides_of
from essor.algos.seating.crowd import crowds_of
from essor.algos.seating.designs import rounds_apart
from essor.algos.seating.greedy import Builder
from essor.algos.seating.model import Plan

if TYPE_CHECKING:
    import numpy as np

    from essor.algos.seating import kernels
else:
    np = Later("numpy")
    kernels = Later("essor.algos.seating.kernels")


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
    """A greedy plan with as many tables as can be open on each side, or `tables`."""
    state = empty_state(c, seed)
    seats, crowds = np.zeros_like(state.where), crowds_of(c)
    most = [most_open_of(c.problem, side) for side in sides_of(c.problem)]
    rows = apart(c, tables)
    for r in range(c.problem.rounds):
        elsewhere = [0] * len(c.problem.challenges)
        rng = random.Random(f"{seed}/{r}")
        for crowd, usual in zip(crowds, most, strict=True):
            k = max(1, min(tables or usual, len(crowd.rooms)))
            builder = Builder(c, crowd, rng, r, k, elsewhere)
            seats[r, crowd.units] = builder.seats()
            for t in crowd.rooms:
                state.topic[r, t] = builder.topic[t]
            for i, on in builder.tables_of.items():
                elsewhere[i] += len(on)
            if r < len(rows):
                seats[r] = np.array(builder.open, np.int32)[rows[r]]
    kernels.fill(c.fixed, state, seats)
    return state


def apart(c: Compiled, tables: int | None = None) -> list[list[int]]:
    """Rounds without a repeat (table number of each unit) where nobody has a wish or a place."""
    f = c.fixed
    bound = len(f.wish) or len(f.must) or (f.upin >= 0).any() or (f.uaccess > 0).any()
    if c.problem.rounds < 2 or bound or c.problem.split:
        return []
    guides_first = np.argsort(f.ufac == 0, kind="stable")
    rounds = []
    for row in rounds_apart(len(f.usize), tables or most_open(c.problem), c.problem.rounds):
        seats = np.zeros(len(f.usize), np.int32)
        seats[guides_first] = row
        rounds.append(seats.tolist())
    return rounds


def seated(c: Compiled, where: Seats, topic: Seats, seed: int) -> State:
    """The state of `where[round][unit]` and `topic[round][table]`."""
    state = empty_state(c, seed)
    state.topic[:] = topic
    kernels.fill(c.fixed, state, np.asarray(where, np.int32))
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
