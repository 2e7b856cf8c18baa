"""What somebody costs at a table, and what a change would cost."""

from __future__ import annotations

from essor.algos.seating.arrays import Fixed, State
from essor.algos.seating.jit import kernel


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
