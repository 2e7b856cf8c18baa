"""The compiled heart: what a change costs, how it is made, and the annealing that tries millions.

Every function takes `F` (`Fixed`), `S` (`State`), and indices: round `r`, unit `u`, table `t`,
topic set `s`. Hard rules that a change would break cost `F.penalty` each, far above anything
else, so that the search may start from a plan that breaks some and mends it. Costs are those of
the format; a price is a sum over other units at the table, so swapping two people costs
O(attributes + table size x rounds).
"""

from __future__ import annotations

import math

from essor.algos.seating.compiled import Fixed, Ints, State, Words
from essor.algos.seating.jit import kernel

_M = 0xFFFFFFFF
#: Tables looked at for each person of a table that closes.
LOOKS = 8


@kernel
def draw(rng: Words) -> int:
    """The next 32 random bits (Marsaglia's xorshift128), the same with and without numba."""
    x = rng[0]
    t = (x ^ (x << 11)) & _M
    w = rng[3]
    rng[0] = rng[1]
    rng[1] = rng[2]
    rng[2] = w
    w = (w ^ (w >> 19) ^ t ^ (t >> 8)) & _M
    rng[3] = w
    return w


@kernel
def below(rng: Words, n: int) -> int:
    """A whole number from 0 to n - 1."""
    return (draw(rng) * n) >> 32


@kernel
def beside(F: Fixed, S: State, u: int) -> int:
    """Somebody of the side of u, in an evening that is split into a hall and a distance."""
    row = S.used.shape[1] + (F.special[u] >> 2)
    return F.fan[F.fan_ptr[row] + below(S.rng, F.fan_ptr[row + 1] - F.fan_ptr[row])]


# --- prices ------------------------------------------------------------------------------------


@kernel
def mixing_at(F: Fixed, S: State, r: int, u: int, t: int) -> float:
    """Weighted shared values between u and the others at t."""
    total = 0.0
    inside = S.where[r, u] == t
    for i in range(F.val_ptr[u], F.val_ptr[u + 1]):
        v = F.val[i]
        m = F.mult[i]
        n = S.cnt[r, t, v]
        if inside:
            n -= m
        total += F.weight[v] * m * n
    for i in range(F.kin_ptr[u], F.kin_ptr[u + 1]):
        if S.where[r, F.kin[i]] == t:
            total += F.kin_weight[i]
    return total


@kernel
def likeness(F: Fixed, u: int, x: int) -> float:
    """Weighted values that two units share."""
    total = 0.0
    i, i_end = F.val_ptr[u], F.val_ptr[u + 1]
    j, j_end = F.val_ptr[x], F.val_ptr[x + 1]
    while i < i_end and j < j_end:
        a = F.val[i]
        b = F.val[j]
        if a == b:
            total += F.weight[a] * F.mult[i] * F.mult[j]
            i += 1
            j += 1
        elif a < b:
            i += 1
        else:
            j += 1
    for k in range(F.kin_ptr[u], F.kin_ptr[u + 1]):
        if F.kin[k] == x:
            total += F.kin_weight[k]
    return total


@kernel
def works_on(F: Fixed, s: int, c: int) -> bool:
    """Whether topic set s holds challenge c."""
    for j in range(F.set_size[s]):  # noqa: SIM110 (numba compiles no generator here)
        if F.set_topic[s, j] == c:
            return True
    return False


@kernel
def choice_at(F: Fixed, S: State, r: int, u: int, s: int) -> float:
    """What topic set s costs the choosers of u in round r, seen beside their other rounds."""
    total = 0.0
    for k in range(F.chooser_ptr[u], F.chooser_ptr[u + 1]):
        cost = F.unlisted
        for i in range(F.wish_ptr[k], F.wish_ptr[k + 1]):
            if works_on(F, s, F.wish[i]):
                cost = F.wish_cost[i]
                break
        total += cost
        if F.same > 0:
            for j in range(F.set_size[s]):
                c = F.set_topic[s, j]
                for other in range(S.where.shape[0]):
                    if other != r and works_on(F, S.topic[other, S.where[other, u]], c):
                        total += F.same
                        break
    return total


@kernel
def repeats_at(F: Fixed, S: State, r: int, u: int, t: int, skip: int) -> float:
    """Cost of u meeting again the units at t (but not `skip`)."""
    total = 0
    for k in range(S.nmem[r, t]):
        x = S.mem[r, t, k]
        if x == u or x == skip:  # noqa: SIM109 (a tuple costs in compiled code)
            continue
        for other in range(S.where.shape[0]):
            if other != r and S.where[other, x] == S.where[other, u]:
                total += F.usize[x]
                break
    return F.repeat * F.usize[u] * total


@kernel
def misfit(F: Fixed, S: State, r: int, u: int, t: int, s: int, skip: int) -> int:
    """Hard rules that u at t (working on s) would break: side, host, pin, access, apart."""
    if F.special[u] == 0:
        return 0
    faults = 0
    if F.special[u] & 2 and F.accessible[t] >> 1 != F.special[u] >> 2:
        faults += 1
    for i in range(F.must_ptr[u], F.must_ptr[u + 1]):
        if not works_on(F, s, F.must[i]):
            faults += 1
    if F.uaccess[u] > 0 and F.accessible[t] & 1 == 0:
        faults += F.uaccess[u]
    if F.upin[u] >= 0 and F.upin[u] != t:
        faults += 1
    for i in range(F.apart_ptr[u], F.apart_ptr[u + 1]):
        x = F.apart[i]
        if x != skip and S.where[r, x] == t:
            faults += 1
    return faults


@kernel
def size_fault(F: Fixed, n: int) -> int:
    """Seats missing or in excess at a table of n people (none at a closed one)."""
    if n == 0:
        return 0
    if n < F.low:
        return F.low - n
    if n > F.high:
        return n - F.high
    return 0


@kernel
def fac_fault(F: Fixed, people: int, facilitators: int) -> int:
    """1 when an open table lacks its facilitator."""
    return 1 if F.facilitated and people > 0 and facilitators <= 0 else 0


@kernel
def used_fault(F: Fixed, c: int, n: int) -> int:
    """Tables too few or too many for challenge c."""
    if n < F.topic_low[c]:
        return F.topic_low[c] - n
    if n > F.topic_high[c]:
        return n - F.topic_high[c]
    return 0


# --- changes -----------------------------------------------------------------------------------


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
def price_swap(F: Fixed, S: State, r: int, u: int, x: int, limit: float) -> float:
    """Change in cost if u and x (at two tables) swap; stops early once surely above `limit`."""
    t1 = S.where[r, u]
    t2 = S.where[r, x]
    s1 = S.topic[r, t1]
    s2 = S.topic[r, t2]
    faults = 0
    if F.special[u] or F.special[x]:
        faults += misfit(F, S, r, u, t2, s2, x) + misfit(F, S, r, x, t1, s1, u)
        faults -= misfit(F, S, r, u, t1, s1, -1) + misfit(F, S, r, x, t2, s2, -1)
    d = F.usize[x] - F.usize[u]
    if d != 0:
        if S.size[r, t1] + d > F.high + 1 or S.size[r, t2] - d > F.high + 1:
            return 1e18
        faults += size_fault(F, S.size[r, t1] + d) + size_fault(F, S.size[r, t2] - d)
        faults -= size_fault(F, S.size[r, t1]) + size_fault(F, S.size[r, t2])
    g = F.ufac[x] - F.ufac[u]
    if g != 0:
        faults += fac_fault(F, 1, S.fac[r, t1] + g) + fac_fault(F, 1, S.fac[r, t2] - g)
        faults -= fac_fault(F, 1, S.fac[r, t1]) + fac_fault(F, 1, S.fac[r, t2])
    cost = F.penalty * faults - S.stay[r, u] - S.stay[r, x]
    if s1 != s2:
        cost += choice_at(F, S, r, u, s2) + choice_at(F, S, r, x, s1)
        cost -= choice_at(F, S, r, u, s1) + choice_at(F, S, r, x, s2)
    if F.repeat > 0:
        again = repeats_at(F, S, r, u, t1, -1) + repeats_at(F, S, r, x, t2, -1)
        if cost - again > limit:
            return cost - again
        cost += repeats_at(F, S, r, u, t2, x) + repeats_at(F, S, r, x, t1, u) - again
    if cost > limit:
        return cost
    same = likeness(F, u, x)
    cost += mixing_at(F, S, r, u, t2) - same
    if cost > limit:
        return cost
    return cost + mixing_at(F, S, r, x, t1) - same


@kernel
def price_table(F: Fixed, S: State, r: int, s: int, n: int) -> float:
    """Change in cost if one table (n = 1) more works on s, or one (n = -1) less."""
    cost = n * (F.table_cost + F.merge_cost * (F.set_size[s] - 1))
    for j in range(F.set_size[s]):
        c = F.set_topic[s, j]
        m = S.used[r, c]
        cost += F.penalty * (used_fault(F, c, m + n) - used_fault(F, c, m))
    return cost


@kernel
def price_move(F: Fixed, S: State, r: int, u: int, t2: int, limit: float) -> float:
    """Change in cost if u moves to t2 (which opens if it was closed)."""
    t1 = S.where[r, u]
    s1 = S.topic[r, t1]
    s2 = S.topic[r, t2]
    n = F.usize[u]
    if S.size[r, t2] + n > F.high + 1:
        return 1e18
    faults = misfit(F, S, r, u, t2, s2, -1) - misfit(F, S, r, u, t1, s1, -1)
    faults += size_fault(F, S.size[r, t1] - n) + size_fault(F, S.size[r, t2] + n)
    faults -= size_fault(F, S.size[r, t1]) + size_fault(F, S.size[r, t2])
    g = F.ufac[u]
    faults += fac_fault(F, S.nmem[r, t1] - 1, S.fac[r, t1] - g) + fac_fault(F, 1, S.fac[r, t2] + g)
    faults -= fac_fault(F, 1, S.fac[r, t1]) + fac_fault(F, S.nmem[r, t2], S.fac[r, t2])
    cost = F.penalty * faults - S.stay[r, u]
    if S.nmem[r, t1] == 1:
        cost += price_table(F, S, r, s1, -1)
    if S.nmem[r, t2] == 0:
        cost += price_table(F, S, r, s2, 1)
    if s1 != s2:
        cost += choice_at(F, S, r, u, s2) - choice_at(F, S, r, u, s1)
    if F.repeat > 0:
        cost -= repeats_at(F, S, r, u, t1, -1)
    if cost > limit:
        return cost
    cost += mixing_at(F, S, r, u, t2)
    if F.repeat > 0 and cost <= limit:
        cost += repeats_at(F, S, r, u, t2, -1)
    return cost


@kernel
def price_topic(F: Fixed, S: State, r: int, t: int, s2: int) -> float:
    """Change in cost if the open table t works on s2."""
    s1 = S.topic[r, t]
    faults = 0
    for j in range(F.set_size[s1]):
        c = F.set_topic[s1, j]
        if not works_on(F, s2, c):
            faults += used_fault(F, c, S.used[r, c] - 1) - used_fault(F, c, S.used[r, c])
    for j in range(F.set_size[s2]):
        c = F.set_topic[s2, j]
        if not works_on(F, s1, c):
            faults += used_fault(F, c, S.used[r, c] + 1) - used_fault(F, c, S.used[r, c])
    cost = F.merge_cost * (F.set_size[s2] - F.set_size[s1])
    for k in range(S.nmem[r, t]):
        u = S.mem[r, t, k]
        cost += choice_at(F, S, r, u, s2) - choice_at(F, S, r, u, s1)
        for i in range(F.must_ptr[u], F.must_ptr[u + 1]):
            if not works_on(F, s2, F.must[i]):
                faults += 1
            if not works_on(F, s1, F.must[i]):
                faults -= 1
    return cost + F.penalty * faults


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


# --- the whole cost -----------------------------------------------------------------------------


@kernel
def faults_of(F: Fixed, S: State) -> int:
    """Hard rules broken in the whole plan, each counted as the prices count it."""
    faults = 0
    for r in range(S.where.shape[0]):
        apart = 0
        for u in range(S.where.shape[1]):
            t = S.where[r, u]
            faults += misfit(F, S, r, u, t, S.topic[r, t], -1)
            for i in range(F.apart_ptr[u], F.apart_ptr[u + 1]):
                if S.where[r, F.apart[i]] == t:
                    apart += 1
        faults -= apart // 2
        for t in range(S.nmem.shape[1]):
            faults += size_fault(F, S.size[r, t]) + fac_fault(F, S.nmem[r, t], S.fac[r, t])
        for c in range(S.used.shape[1]):
            faults += used_fault(F, c, S.used[r, c])
    return faults


@kernel
def cost_of(F: Fixed, S: State) -> float:
    """Cost of the whole plan between units (that inside units never changes), without penalties."""
    mixing = 0.0
    choice = 0.0
    again = 0.0
    tables = 0.0
    rounds = S.where.shape[0]
    for r in range(rounds):
        for t in range(S.nmem.shape[1]):
            if S.nmem[r, t] == 0:
                continue
            tables += F.table_cost + F.merge_cost * (F.set_size[S.topic[r, t]] - 1)
            for k in range(S.nmem[r, t]):
                u = S.mem[r, t, k]
                mixing += mixing_at(F, S, r, u, t)
                choice += first_time(F, S, r, u)
                if F.repeat > 0:
                    again += met_before(F, S, r, u, t)
    return mixing / 2 + choice + again / 2 + tables


@kernel
def first_time(F: Fixed, S: State, r: int, u: int) -> float:
    """Choice cost of u in round r, and a repeated challenge where an earlier round had it."""
    total = 0.0
    s = S.topic[r, S.where[r, u]]
    for k in range(F.chooser_ptr[u], F.chooser_ptr[u + 1]):
        cost = F.unlisted
        for i in range(F.wish_ptr[k], F.wish_ptr[k + 1]):
            if works_on(F, s, F.wish[i]):
                cost = F.wish_cost[i]
                break
        total += cost
        for j in range(F.set_size[s]):
            for earlier in range(r):
                if works_on(F, S.topic[earlier, S.where[earlier, u]], F.set_topic[s, j]):
                    total += F.same
                    break
    return total


@kernel
def met_before(F: Fixed, S: State, r: int, u: int, t: int) -> float:
    """Cost of those at t whom u met in an earlier round."""
    total = 0
    for k in range(S.nmem[r, t]):
        x = S.mem[r, t, k]
        if x == u:
            continue
        for earlier in range(r):
            if S.where[earlier, x] == S.where[earlier, u]:
                total += F.usize[x]
                break
    return F.repeat * F.usize[u] * total


# --- annealing ----------------------------------------------------------------------------------


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
def undo(F: Fixed, S: State, r: int, made: int) -> None:
    """Take back the last `made` moves of the log."""
    while made > 0:
        made -= 1
        move(F, S, r, S.log[made, 0], S.log[made, 1])


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
