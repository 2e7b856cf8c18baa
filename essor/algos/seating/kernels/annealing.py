"""The annealing: random changes, each kept when its price is below a falling threshold."""

from __future__ import annotations

import math

from essor.algos.seating.arrays import Fixed, State
from essor.algos.seating.jit import kernel
from essor.algos.seating.kernels.changes import exchange, move, set_topic, swap, undo
from essor.algos.seating.kernels.draws import below, beside, draw
from essor.algos.seating.kernels.prices import price_move, price_swap, price_topic

#: Tables looked at for each person of a table that closes.
LOOKS = 8


@kernel
def aim(F: Fixed, S: State, r: int, u: int, free: int) -> int:
    """A table for u, on its side: where a fan of one of its wishes sits, or where anybody sits."""
    first = F.chooser_ptr[u]
    choosers = F.chooser_ptr[u + 1] - first
    if choosers > 0 and free == 0:
        k = first + below(S.rng, choosers)
        n = F.wish_ptr[k + 1] - F.wish_ptr[k]
        c = F.wish[F.wish_ptr[k] + below(S.rng, n)]
        fans = F.fan_ptr[c + 1] - F.fan_ptr[c]
        t = S.where[r, F.fan[F.fan_ptr[c] + below(S.rng, fans)]]
        if F.special[u] & 2 == 0 or F.accessible[t] >> 1 == F.special[u] >> 2:
            return t
    if F.special[u] & 2:
        return S.where[r, beside(F, S, u)]
    return S.where[r, below(S.rng, S.where.shape[1])]


@kernel
def try_topic(F: Fixed, S: State, r: int, limit: float) -> float:
    """Try another topic set, wished by somebody there, at a random open table."""
    u = below(S.rng, S.where.shape[1])
    t = S.where[r, u]
    first = F.chooser_ptr[u]
    choosers = F.chooser_ptr[u + 1] - first
    if choosers > 0:
        k = first + below(S.rng, choosers)
        n = F.wish_ptr[k + 1] - F.wish_ptr[k]
        c = F.wish[F.wish_ptr[k] + below(S.rng, n)]
    else:
        c = below(S.rng, S.used.shape[1])
    n = F.sets_ptr[c + 1] - F.sets_ptr[c]
    s = F.sets[F.sets_ptr[c] + below(S.rng, n)]
    if s == S.topic[r, t]:
        return 0.0
    change = price_topic(F, S, r, t, s)
    if change <= limit:
        set_topic(F, S, r, t, s)
        return change
    return 0.0


@kernel
def room_faults(F: Fixed, S: State, r: int, t: int, room: int) -> int:
    """Sides, access needs and pins broken if those at t sat in the room's table `room`."""
    faults = 0
    for k in range(S.nmem[r, t]):
        u = S.mem[r, t, k]
        if F.special[u] & 2 and F.accessible[room] >> 1 != F.special[u] >> 2:
            faults += 1
        if F.uaccess[u] > 0 and F.accessible[room] & 1 == 0:
            faults += F.uaccess[u]
        if F.upin[u] >= 0 and F.upin[u] != room:
            faults += 1
    return faults


@kernel
def try_rooms(F: Fixed, S: State, r: int, limit: float) -> float:
    """Try to swap the places of two groups: free for most, the way to an accessible table."""
    t1 = S.where[r, below(S.rng, S.where.shape[1])]
    t2 = below(S.rng, S.nmem.shape[1])
    if t1 == t2:
        return 0.0
    change = room_faults(F, S, r, t1, t2) + room_faults(F, S, r, t2, t1)
    change -= room_faults(F, S, r, t1, t1) + room_faults(F, S, r, t2, t2)
    if F.penalty * change > limit:
        return 0.0
    exchange(F, S, r, t1, t2)
    return F.penalty * change


@kernel
def try_close(F: Fixed, S: State, r: int, heat: float) -> float:
    """Close a table: each of its people goes to the best of some tables; keep it if it paid."""
    t = S.where[r, below(S.rng, S.where.shape[1])]
    made = 0
    total = 0.0
    while S.nmem[r, t] > 0 and made < S.log.shape[0]:
        u = S.mem[r, t, S.nmem[r, t] - 1]
        best = 1e18
        to = -1
        for i in range(LOOKS):
            t2 = aim(F, S, r, u, i & 1)
            if t2 != t:
                change = price_move(F, S, r, u, t2, best)
                if change < best:
                    best = change
                    to = t2
        if to < 0:
            break
        S.log[made, 0] = u
        S.log[made, 1] = t
        made += 1
        move(F, S, r, u, to)
        total += best
    limit = -heat * math.log((draw(S.rng) + 1.0) / 4294967296.0)
    if S.nmem[r, t] == 0 and total <= limit:
        return total
    undo(F, S, r, made)
    return 0.0


@kernel
def try_open(F: Fixed, S: State, r: int, heat: float) -> float:
    """Open a closed table: pull a facilitator and people to it; keep it if it paid.

    It works on a wish of somebody, whose fans come, or on any challenge where that somebody has
    no wish: a search that only closed tables would end with too few when nobody chose.
    """
    t = below(S.rng, S.nmem.shape[1])
    u = below(S.rng, S.where.shape[1])
    if S.nmem[r, t] > 0:
        return 0.0
    if F.accessible[t] >> 1 != F.special[u] >> 2:
        return 0.0
    k = F.chooser_ptr[u]
    if k < F.chooser_ptr[u + 1]:
        c = F.wish[F.wish_ptr[k] + below(S.rng, F.wish_ptr[k + 1] - F.wish_ptr[k])]
    else:
        c = below(S.rng, S.used.shape[1])
    fans = F.fan_ptr[c + 1] - F.fan_ptr[c]
    old = S.topic[r, t]
    S.topic[r, t] = F.sets[F.sets_ptr[c]]
    made = 0
    total = 0.0
    while S.size[r, t] < F.low and made < F.low:
        best = 1e18
        who = -1
        for i in range(4 * LOOKS):
            if made == 0 or i & 1 or fans == 0:
                x = beside(F, S, u) if F.special[u] & 2 else below(S.rng, S.where.shape[1])
            else:
                x = F.fan[F.fan_ptr[c] + below(S.rng, fans)]
            from_t = S.where[r, x]
            if from_t == t or S.nmem[r, from_t] < 2:
                continue
            if made == 0 and F.facilitated and (F.ufac[x] == 0 or S.fac[r, from_t] <= F.ufac[x]):
                continue
            change = price_move(F, S, r, x, t, best)
            if change < best:
                best = change
                who = x
        if who < 0:
            break
        S.log[made, 0] = who
        S.log[made, 1] = S.where[r, who]
        made += 1
        move(F, S, r, who, t)
        total += best
    limit = -heat * math.log((draw(S.rng) + 1.0) / 4294967296.0)
    if made > 0 and total <= limit:
        return total
    undo(F, S, r, made)
    S.topic[r, t] = old
    return 0.0


@kernel
def try_rare(F: Fixed, S: State, r: int, heat: float, limit: float) -> float:
    """One of the rare moves: another topic, other places in the room, a table closed or opened."""
    kind = below(S.rng, 64)
    if kind == 0:
        return try_close(F, S, r, heat)
    if kind == 1:
        return try_open(F, S, r, heat)
    if kind < 16:
        return try_rooms(F, S, r, limit)
    return try_topic(F, S, r, limit)


@kernel
def anneal(
    F: Fixed, S: State, steps: int, hot: float, cold: float, begin: float, end: float, first: int
) -> float:
    """Try `steps` changes in rounds from `first` on; returns the change in cost with penalties.

    The temperature falls geometrically from `hot` to `cold` over a whole search; this call
    covers its part from `begin` to `end` (0 to 1).
    """
    rounds = S.where.shape[0]
    units = S.where.shape[1]
    ratio = math.log(cold / hot)
    heat = hot
    total = 0.0
    for step in range(steps):
        if step & 127 == 0:
            heat = hot * math.exp(ratio * (begin + (end - begin) * step / steps))
        bits = draw(S.rng)
        limit = -heat * math.log((bits + 1.0) / 4294967296.0)
        r = first
        if rounds - first > 1:
            r = first + below(S.rng, rounds - first)
        kind = below(S.rng, 64)
        if kind == 0:
            total += try_rare(F, S, r, heat, limit)
            continue
        u = below(S.rng, units)
        t1 = S.where[r, u]
        t2 = aim(F, S, r, u, kind & 1)
        if t1 == t2:
            continue
        if kind < 12:
            change = price_move(F, S, r, u, t2, limit)
            if change <= limit:
                move(F, S, r, u, t2)
                total += change
            continue
        x = S.mem[r, t2, below(S.rng, S.nmem[r, t2])]
        change = price_swap(F, S, r, u, x, limit)
        if change <= limit:
            swap(F, S, r, u, x)
            total += change
    return total
