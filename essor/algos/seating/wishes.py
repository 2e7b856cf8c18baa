"""Those left with none of their choices: a seat they chose is found by chains of moves.

The annealing gives nearly everybody a choice; what it leaves over wants several changes at once,
each of which costs before the last one pays. Here a person without a choice takes a seat at a
table they chose, whoever must leave it takes a seat at another table of theirs, and so on until
the chain ends at a free seat or at the seat the first one left: an augmenting path in the graph
of people and tables, found breadth first. Where no chain exists, a table changes its challenges
and those who lose by it are seated by chains. Plain lists: it is asked for a few people, seldom.
"""

from __future__ import annotations

import random
from collections import deque
from collections.abc import Iterable

from essor.algos.seating.arrays import Compiled, State
from essor.algos.seating.crowd import Crowd, crowd_of

#: A step back: ("move", unit, table it sat at), ("topic" or "close", table, topic set it had).
Step = tuple[str, int, int]
#: Topic changes looked at for one person, those that hurt fewest first.
LOOKS = 12
#: How often a change that helps nobody and hurts nobody is kept, to see further from there.
SIDEWAYS = 0.1
#: Looks without anybody gained before the search for a seat ends.
PATIENCE = 400


class Wishes:
    """One round of a plan, changed so that fewer people are left with none of their choices.

    `budget` bounds the people looked at over all chains, so that the work is known beforehand.
    """

    def __init__(self, c: Compiled, state: State, r: int, rng: random.Random, budget: int) -> None:
        self.c, self.rng, self.budget = c, rng, budget
        self.crowd: Crowd = crowd_of(c)
        self.high, self.low = int(c.fixed.high), int(c.fixed.low)
        self.where: list[int] = state.where[r].tolist()
        self.topic: list[int] = state.topic[r].tolist()
        self.members: list[set[int]] = [set() for _ in self.topic]
        for u, t in enumerate(self.where):
            self.members[t].add(u)
        self.size = [sum(self.crowd.size[u] for u in m) for m in self.members]
        self.guides = [sum(self.crowd.facilitators[u] for u in m) for m in self.members]
        self.tables_of: list[set[int]] = [set() for _ in c.problem.challenges]
        for t, m in enumerate(self.members):
            for i in c.sets[self.topic[t]] if m else ():
                self.tables_of[i].add(t)
        self.pleasing = [self._pleasing(u) for u in range(len(self.where))]
        self.closing = -1
        self.log: list[Step] = []
        self.lost = {u for u, t in enumerate(self.where) if not self.happy(u, self.topic[t])}

    def _pleasing(self, u: int) -> frozenset[int] | None:
        """Topic sets that hold a choice of each chooser of u; None when u is happy anywhere."""
        f, found = self.c.fixed, None
        for k in range(self.crowd.chooser_ptr[u], self.crowd.chooser_ptr[u + 1]):
            wishes = self.crowd.wishes[k]
            sets = frozenset(
                s for i in wishes for s in f.sets[f.sets_ptr[i] : f.sets_ptr[i + 1]].tolist()
            )
            found = sets if found is None else found & sets
        return found

    def settle(self) -> bool:
        """Seat as many of the lost as can be found; whether anybody gained."""
        first = len(self.lost)
        for u in sorted(self.lost):
            if u in self.lost:
                self.chain(u)
        idle = 0
        while self.lost and self.budget > 0 and idle < PATIENCE:
            before = len(self.lost)
            u = self.rng.choice(sorted(self.lost))
            self.change_topic(u) if self.rng.random() < 0.8 else self.close_table()
            idle = 0 if len(self.lost) < before else idle + 1
        return len(self.lost) < first

    # --- what holds ------------------------------------------------------------------------------

    def happy(self, u: int, s: int) -> bool:
        """Whether topic set s holds a choice of each chooser of u."""
        sets = self.pleasing[u]
        return sets is None or s in sets

    def wished(self, u: int) -> Iterable[int]:
        """Open tables where u is happy and breaks no rule (all of them if u chose nothing)."""
        crowd = self.crowd
        if self.pleasing[u] is None:
            tables = [t for t, m in enumerate(self.members) if m]
        else:
            wishes = crowd.wishes[crowd.chooser_ptr[u]]
            tables = [t for i in wishes for t in sorted(self.tables_of[i])]
        return [
            t
            for t in tables
            if t != self.closing and self.fits(u, t) and self.happy(u, self.topic[t])
        ]

    def fits(self, u: int, t: int) -> bool:
        """Whether u at t keeps its side, access, pins, hosts and those apart."""
        crowd = self.crowd
        if crowd.remote[u] != crowd.remote_room[t]:
            return False
        if not crowd.special[u]:
            return True
        reached = not crowd.access[u] or bool(crowd.accessible[t])
        kept = crowd.pin[u] in (-1, t) and set(crowd.must[u]) <= set(self.c.sets[self.topic[t]])
        return reached and kept and all(self.where[x] != t for x in crowd.apart[u])

    def may_leave(self, u: int) -> bool:
        """Whether u's table can do without u: no pin, no host, not its last facilitator."""
        crowd = self.crowd
        if crowd.pin[u] >= 0 or crowd.must[u]:
            return False
        t = self.where[u]
        return (
            not crowd.facilitators[u] or t == self.closing or self.guides[t] > crowd.facilitators[u]
        )

    # --- chains ----------------------------------------------------------------------------------

    def chain(self, u: int) -> bool:
        """Seat u at a table it chose by the shortest chain of moves; False when there is none."""
        if not self.may_leave(u):
            return False
        crowd = self.crowd
        home, n = self.where[u], crowd.size[u]
        closing = home == self.closing
        spare = closing or self.size[home] - n >= self.low
        came: dict[int, tuple[int, int]] = {}
        seen_tables: set[int] = set()
        seen, queue = {u}, deque([u])
        while queue and self.budget > 0:
            x = queue.popleft()
            self.budget -= 1
            if x != u and not closing and self._takes_home(x, home, n):
                self._follow(came, u, x, home)
                return True
            tables = (
                self.wished(x) if x == u or crowd.chooser_ptr[x] < crowd.chooser_ptr[x + 1] else ()
            )
            for t in tables:
                if t == self.where[x] or t in seen_tables:
                    continue
                if spare and self.size[t] + crowd.size[x] <= self.high:
                    self._follow(came, u, x, t)
                    return True
                if not crowd.special[x]:
                    seen_tables.add(t)
                for y in sorted(self.members[t] - seen):
                    if crowd.size[y] == crowd.size[x] and self.may_leave(y):
                        seen.add(y)
                        came[y] = (x, t)
                        queue.append(y)
        return False

    def _takes_home(self, x: int, home: int, n: int) -> bool:
        """Whether x may take the seats (n of them) that the first of the chain leaves."""
        room = self.low <= self.size[home] - n + self.crowd.size[x] <= self.high
        return room and self.fits(x, home) and self.happy(x, self.topic[home])

    def _follow(self, came: dict[int, tuple[int, int]], u: int, x: int, t: int) -> None:
        """Make the moves of a chain, the last one first."""
        while True:
            self.move(x, t)
            if x == u:
                return
            x, t = came[x]

    def move(self, u: int, t: int) -> None:
        """Seat u at t and note it."""
        old, n, g = self.where[u], self.crowd.size[u], self.crowd.facilitators[u]
        self.log.append(("move", u, old))
        for table, sign in ((old, -1), (t, 1)):
            self.size[table] += sign * n
            self.guides[table] += sign * g
        self.members[old].discard(u)
        self.members[t].add(u)
        self.where[u] = t
        self._note(u)

    def _note(self, u: int) -> None:
        """Remember whether u is among the lost."""
        if self.happy(u, self.topic[self.where[u]]):
            self.lost.discard(u)
        else:
            self.lost.add(u)

    # --- topics ----------------------------------------------------------------------------------

    def change_topic(self, u: int) -> None:
        """Let a table work on a choice of u, if after chains no more are lost."""
        before = len(self.lost)
        for _, t, s in self._topics_for(u)[:LOOKS]:
            mark = len(self.log)
            self.set_topic(t, s)
            if self._keep(mark, before):
                return

    def close_table(self) -> None:
        """Close a table of few, its people going elsewhere, if after chains no more are lost."""
        before, mark = len(self.lost), len(self.log)
        few = [t for t, m in enumerate(self.members) if 0 < self.size[t] <= self.low + 1]
        if not few:
            return
        self.closing = t = self.rng.choice(few)
        for u in sorted(self.members[t], key=lambda u: (self.pleasing[u] is None, u)):
            if not self.chain(u):
                break
        self.closing = -1
        if self.members[t] or not self._drop_topic(t):
            self.undo(mark)
        else:
            self._keep(mark, before)

    def _keep(self, mark: int, before: int) -> bool:
        """Seat the lost by chains; keep what was done since `mark` if it paid, else undo it."""
        for x in sorted(self.lost):
            if x in self.lost:
                self.chain(x)
        after = len(self.lost)
        if after < before or (after == before and self.rng.random() < SIDEWAYS):
            return True
        self.undo(mark)
        return False

    def _drop_topic(self, t: int) -> bool:
        """An empty table's challenges lose it; False where the rules want that number of tables."""
        topics = self.c.sets[self.topic[t]]
        if any(len(self.tables_of[i]) <= self.c.fixed.topic_low[i] for i in topics):
            return False
        self.log.append(("close", t, self.topic[t]))
        for i in topics:
            self.tables_of[i].discard(t)
        return True

    def _topics_for(self, u: int) -> list[tuple[float, int, int]]:
        """Changes (how many lose, table, topic set) that would bring a choice of u to a table."""
        crowd, c = self.crowd, self.c
        self.budget -= len(self.members) // 4
        sets = sorted(self.pleasing[u] or ())
        found = []
        for t, members in enumerate(self.members):
            if not members or (crowd.access[u] and not crowd.accessible[t]):
                continue
            if crowd.remote[u] != crowd.remote_room[t]:
                continue
            must = {i for x in members for i in crowd.must[x]}
            for s in sets:
                if s != self.topic[t] and must <= set(c.sets[s]) and self._allowed(t, s):
                    hurt = sum(
                        self.happy(x, self.topic[t]) and not self.happy(x, s) for x in members
                    )
                    found.append((hurt + 2 * self.rng.random(), t, s))
        return sorted(found)

    def _allowed(self, t: int, s: int) -> bool:
        """Whether the numbers of tables asked for each challenge still hold."""
        f, old, new = self.c.fixed, set(self.c.sets[self.topic[t]]), set(self.c.sets[s])
        return all(len(self.tables_of[i]) > f.topic_low[i] for i in old - new) and all(
            len(self.tables_of[i]) < f.topic_high[i] for i in new - old
        )

    def set_topic(self, t: int, s: int) -> None:
        """Let t work on s and note it."""
        self.log.append(("topic", t, self.topic[t]))
        for i in self.c.sets[self.topic[t]]:
            self.tables_of[i].discard(t)
        for i in self.c.sets[s]:
            self.tables_of[i].add(t)
        self.topic[t] = s
        for u in self.members[t]:
            self._note(u)

    def undo(self, mark: int) -> None:
        """Take back what was done since the log was `mark` long."""
        while len(self.log) > mark:
            kind, what, old = self.log.pop()
            if kind == "move":
                self.move(what, old)
            elif kind == "topic":
                self.set_topic(what, old)
            else:
                for i in self.c.sets[old]:
                    self.tables_of[i].add(what)
                continue
            self.log.pop()
