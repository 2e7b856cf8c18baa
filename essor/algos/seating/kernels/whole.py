"""What a whole plan costs and breaks, counted afresh."""

from __future__ import annotations

from essor.algos.seating.arrays import Fixed, State
from essor.algos.seating.jit import kernel
from essor.algos.seating.kernels.prices import (
    fac_fault,
    misfit,
    mixing_at,
    size_fault,
    used_fault,
    works_on,
)


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
