"""How a plan changes, with the counts that make the next price cheap."""

from __future__ import annotations

from essor.algos.seating.arrays import Fixed, Ints, State
from essor.algos.seating.jit import kernel
from essor.algos.seating.kernels.prices import mixing_at


@kernel
def add_topics(F: Fixed, S: State, r: int, s: int, n: int) -> None:
    """Count n more (or fewer) tables for each challenge of s."""
    for j in range(F.set_size[s]):
        S.used[r, F.set_topic[s, j]] += n


@kernel
def leave(F: Fixed, S: State, r: int, u: int) -> None:
    """Take u from its table; an empty table closes."""
    t = S.where[r, u]
    last = S.nmem[r, t] - 1
    k = S.pos[r, u]
    x = S.mem[r, t, last]
    S.mem[r, t, k] = x
    S.pos[r, x] = k
    S.nmem[r, t] = last
    S.size[r, t] -= F.usize[u]
    S.fac[r, t] -= F.ufac[u]
    S.where[r, u] = -1
    for i in range(F.val_ptr[u], F.val_ptr[u + 1]):
        S.cnt[r, t, F.val[i]] -= F.mult[i]
    if last == 0:
        add_topics(F, S, r, S.topic[r, t], -1)


@kernel
def join(F: Fixed, S: State, r: int, u: int, t: int) -> None:
    """Seat u at t; an empty table opens with the topic set it has."""
    if S.nmem[r, t] == 0:
        add_topics(F, S, r, S.topic[r, t], 1)
    k = S.nmem[r, t]
    S.mem[r, t, k] = u
    S.pos[r, u] = k
    S.nmem[r, t] = k + 1
    S.size[r, t] += F.usize[u]
    S.fac[r, t] += F.ufac[u]
    S.where[r, u] = t
    for i in range(F.val_ptr[u], F.val_ptr[u + 1]):
        S.cnt[r, t, F.val[i]] += F.mult[i]


@kernel
def refresh(F: Fixed, S: State, r: int, t: int) -> None:
    """Price again what each unit at t pays for mixing there."""
    for k in range(S.nmem[r, t]):
        x = S.mem[r, t, k]
        S.stay[r, x] = mixing_at(F, S, r, x, t)


@kernel
def fill(F: Fixed, S: State, seats: Ints) -> None:
    """Seat every unit where `seats[round, unit]` says; topics are set beforehand."""
    for r in range(seats.shape[0]):
        for u in range(seats.shape[1]):
            join(F, S, r, u, seats[r, u])
        for t in range(S.nmem.shape[1]):
            refresh(F, S, r, t)


@kernel
def refresh_all(F: Fixed, S: State) -> None:
    """Price again what everybody pays for mixing."""
    for r in range(S.nmem.shape[0]):
        for t in range(S.nmem.shape[1]):
            refresh(F, S, r, t)


@kernel
def swap(F: Fixed, S: State, r: int, u: int, x: int) -> None:
    """Swap u and x."""
    t1 = S.where[r, u]
    t2 = S.where[r, x]
    leave(F, S, r, u)
    leave(F, S, r, x)
    join(F, S, r, u, t2)
    join(F, S, r, x, t1)
    refresh(F, S, r, t1)
    refresh(F, S, r, t2)


@kernel
def move(F: Fixed, S: State, r: int, u: int, t2: int) -> None:
    """Move u to t2."""
    t1 = S.where[r, u]
    leave(F, S, r, u)
    join(F, S, r, u, t2)
    refresh(F, S, r, t1)
    refresh(F, S, r, t2)


@kernel
def set_topic(F: Fixed, S: State, r: int, t: int, s: int) -> None:
    """Let t work on s."""
    if S.nmem[r, t] > 0:
        add_topics(F, S, r, S.topic[r, t], -1)
        add_topics(F, S, r, s, 1)
    S.topic[r, t] = s


@kernel
def exchange(F: Fixed, S: State, r: int, t1: int, t2: int) -> None:
    """Let two groups swap tables, topics and all (one table may be closed)."""
    for k in range(max(S.nmem[r, t1], S.nmem[r, t2])):
        u = S.mem[r, t1, k]
        x = S.mem[r, t2, k]
        if k < S.nmem[r, t1]:
            S.where[r, u] = t2
        if k < S.nmem[r, t2]:
            S.where[r, x] = t1
        S.mem[r, t1, k] = x
        S.mem[r, t2, k] = u
    for v in range(S.cnt.shape[2]):
        n = S.cnt[r, t1, v]
        S.cnt[r, t1, v] = S.cnt[r, t2, v]
        S.cnt[r, t2, v] = n
    S.nmem[r, t1], S.nmem[r, t2] = S.nmem[r, t2], S.nmem[r, t1]
    S.size[r, t1], S.size[r, t2] = S.size[r, t2], S.size[r, t1]
    S.fac[r, t1], S.fac[r, t2] = S.fac[r, t2], S.fac[r, t1]
    S.topic[r, t1], S.topic[r, t2] = S.topic[r, t2], S.topic[r, t1]


@kernel
def undo(F: Fixed, S: State, r: int, made: int) -> None:
    """Take back the last `made` moves of the log."""
    while made > 0:
        made -= 1
        move(F, S, r, S.log[made, 0], S.log[made, 1])
