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

from essor.algos.seating.compiled import Compiled, State
from essor.algos.seating.greedy import Crowd, crowd_of

#: A step back: ("move", unit, table it sat at) or ("topic", table, topic set it had).
Step = tuple[str, int, int]
#: Topic changes looked at for one person, those that hurt fewest first.
LOOKS = 12
#: Looks without anybody gained before the search for a seat ends.
PATIENCE = 120


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
        self.log: list[Step] = []

    def lost(self) -> list[int]:
        """Units with somebody who has none of their choices."""
        return [u for u, t in enumerate(self.where) if not self.happy(u, self.topic[t])]

    def settle(self) -> bool:
        """Seat as many of the lost as can be found; whether anybody gained."""
        lost = self.lost()
        first = len(lost)
        for u in lost:
            if not self.happy(u, self.topic[self.where[u]]):
                self.chain(u)
        idle = 0
        lost = self.lost()
        while lost and self.budget > 0 and idle < PATIENCE:
            fewer = self.change_topic(self.rng.choice(lost), len(lost))
            idle = 0 if fewer else idle + 1
            lost = self.lost()
        return len(lost) < first

    # --- what holds ------------------------------------------------------------------------------

    def happy(self, u: int, s: int) -> bool:
        """Whether topic set s holds a choice of each chooser of u."""
        crowd, topics = self.crowd, self.c.sets[s]
        return all(
            any(i in topics for i in crowd.wishes[k])
            for k in range(crowd.chooser_ptr[u], crowd.chooser_ptr[u + 1])
        )

    def wished(self, u: int) -> Iterable[int]:
        """Open tables where u is happy and breaks no rule (all of them if u chose nothing)."""
        crowd = self.crowd
        choosers = range(crowd.chooser_ptr[u], crowd.chooser_ptr[u + 1])
        if choosers:
            wishes = crowd.wishes[choosers[0]]
            tables = [t for i in wishes for t in sorted(self.tables_of[i])]
        else:
            tables = [t for t, m in enumerate(self.members) if m]
        return [t for t in tables if self.fits(u, t) and self.happy(u, self.topic[t])]

    def fits(self, u: int, t: int) -> bool:
        """Whether u at t keeps access, pins, hosts and those apart."""
        crowd = self.crowd
        if not crowd.special[u]:
            return True
        reached = not crowd.access[u] or bool(crowd.accessible[t])
        kept = crowd.pin[u] in (-1, t) and set(crowd.must[u]) <= set(self.c.sets[self.topic[t]])
        return reached and kept and all(self.where[x] != t for x in crowd.apart[u])

    def may_leave(self, u: int) -> bool:
        """Whether u's table can do without u: no pin, no host, not its last facilitator."""
        crowd = self.crowd
        bound = crowd.pin[u] >= 0 or crowd.must[u]
        guides = self.guides[self.where[u]]
        return not bound and (not crowd.facilitators[u] or guides > crowd.facilitators[u])

    # --- chains ----------------------------------------------------------------------------------

    def chain(self, u: int) -> bool:
        """Seat u at a table it chose by the shortest chain of moves; False when there is none."""
        if not self.may_leave(u):
            return False
        crowd = self.crowd
        home, n = self.where[u], crowd.size[u]
        spare = self.size[home] - n >= self.low
        came: dict[int, tuple[int, int]] = {}
        seen_tables: set[int] = set()
        seen, queue = {u}, deque([u])
        while queue and self.budget > 0:
            x = queue.popleft()
            self.budget -= 1
            if x != u and self._takes_home(x, home, n):
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

    # --- topics ----------------------------------------------------------------------------------

    def change_topic(self, u: int, before: int) -> bool:
        """Let a table work on a choice of u if, after chains, no more are lost; whether fewer are."""
        for _, t, s in self._topics_for(u)[:LOOKS]:
            mark = len(self.log)
            self.set_topic(t, s)
            for x in self.lost():
                self.chain(x)
            after = len(self.lost())
            if after < before or (after == before and self.rng.random() < 0.1):
                return after < before
            self.undo(mark)
        return False

    def _topics_for(self, u: int) -> list[tuple[float, int, int]]:
        """Changes (how many lose, table, topic set) that would bring a choice of u to a table."""
        crowd, c = self.crowd, self.c
        choices = {
            i
            for k in range(crowd.chooser_ptr[u], crowd.chooser_ptr[u + 1])
            for i in crowd.wishes[k]
        }
        f = c.fixed
        sets = {int(s) for i in choices for s in f.sets[f.sets_ptr[i] : f.sets_ptr[i + 1]]}
        sets = {s for s in sets if self.happy(u, s)}
        found = []
        for t, members in enumerate(self.members):
            if not members or (crowd.access[u] and not crowd.accessible[t]):
                continue
            must = {i for x in members for i in crowd.must[x]}
            for s in sorted(sets):
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

    def undo(self, mark: int) -> None:
        """Take back what was done since the log was `mark` long."""
        while len(self.log) > mark:
            kind, what, old = self.log.pop()
            if kind == "move":
                self.move(what, old)
            else:
                self.set_topic(what, old)
            self.log.pop()
