"""The first plan of a round: what each table works on and who sits where, before any search.

Greedy and quick (a look at the tables of each wish): it keeps the rules where that is easy and
leaves the rest to the search, whose penalties mend what it broke. All in plain lists, which
Python reads five times faster than the cells of an array.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from heapq import heapify, heappop, heapreplace

from essor.algos.seating.arrays import Compiled
from essor.algos.seating.crowd import Crowd


class Builder:
    """One round of one crowd: `seats()` gives the table of each unit and fills `topic`.

    `elsewhere` counts for each challenge the tables that it has on the other side.
    """

    def __init__(
        self,
        c: Compiled,
        crowd: Crowd,
        rng: random.Random,
        round_number: int,
        tables: int,
        elsewhere: Sequence[int] = (),
    ) -> None:
        self.c, self.crowd, self.rng = c, crowd, rng
        self.round, self.tables = round_number, tables
        self.high = int(c.fixed.high)
        self.topic_low: list[int] = c.fixed.topic_low.tolist()
        self.topic_high: list[int] = c.fixed.topic_high.tolist()
        for i, n in enumerate(elsewhere):
            self.topic_low[i] = max(0, self.topic_low[i] - n)
            self.topic_high[i] = max(0, self.topic_high[i] - n)
        self.where = [-1] * len(crowd.size)
        self.size = [0] * len(crowd.accessible)
        self.topic = [0] * len(crowd.accessible)
        self.tables_of: dict[int, list[int]] = {}
        self.fill_to = min(self.high, -(-sum(crowd.size) // tables) + 1)

    def seats(self) -> list[int]:
        """Table of each unit: those whom a rule binds, facilitators, access needs, then wishes."""
        crowd = self.crowd
        self._open()
        order = list(range(len(crowd.size)))
        self.rng.shuffle(order)
        order.sort(key=lambda u: -crowd.size[u])
        for u in order:
            if crowd.pin[u] >= 0 or crowd.must[u]:
                self._seat(u, self._bound_table(u))
        self._facilitate([u for u in order if self.where[u] < 0 and crowd.facilitators[u] > 0])
        rest = [u for u in order if self.where[u] < 0]
        rest.sort(key=lambda u: crowd.access[u] == 0)
        self.by_size = [(self.size[t], i, t) for i, t in enumerate(self.open)]
        heapify(self.by_size)
        for u in rest:
            self._seat(u, self._wished_table(u))
        return self.where

    # --- which tables open, and on what ---------------------------------------------------------

    def _open(self) -> None:
        """Choose the tables that open and share the challenges among them by demand."""
        crowd = self.crowd
        rooms = list(crowd.rooms)
        pinned = {t for t in crowd.pin if t >= 0}
        rooms.sort(key=lambda t: (t not in pinned, not crowd.accessible[t], t))
        self.open = rooms[: self.tables]
        for t, s in zip(self.open, self._due(), strict=False):
            self._give(t, s)
        for t in self.open:
            pins = [u for u, pin in enumerate(crowd.pin) if pin == t] if t in pinned else []
            musts = sorted({x for u in pins for x in crowd.must[u]})
            if musts and tuple(musts) in self.c.set_index:
                self._give(t, self.c.set_index[tuple(musts)])

    def _give(self, t: int, s: int) -> None:
        for i in self.c.sets[self.topic[t]]:
            if t in self.tables_of.get(i, []):
                self.tables_of[i].remove(t)
        self.topic[t] = s
        for i in self.c.sets[s]:
            self.tables_of.setdefault(i, []).append(t)

    def _due(self) -> list[int]:
        """Topic sets for the open tables: those a rule wants first, then by demand (D'Hondt)."""
        c = self.c
        due: list[int] = []
        have = [0] * len(c.problem.challenges)
        for must in dict.fromkeys(tuple(sorted(w)) for w in self.crowd.must if w):
            if must in c.set_index and not any(set(must) <= set(c.sets[s]) for s in due):
                due.append(c.set_index[must])
                for i in must:
                    have[i] += 1
        for i, low in enumerate(self.topic_low):
            while have[i] < low:
                due.append(c.set_index[(i,)])
                have[i] += 1
        if len(due) > self.tables:
            due = self._merged(due)
        self._by_demand(due, have)
        return self._covering(due, have)

    def _by_demand(self, due: list[int], have: list[int]) -> None:
        """Tables still free go one by one to the challenge with most wishes a table."""
        demand = self._demand()
        free = [i for i in range(len(have)) if have[i] < self.topic_high[i]] or list(
            range(len(have))
        )
        queue = [(-demand[i] / (have[i] + 0.7), have[i], i) for i in free]
        heapify(queue)
        while len(due) < self.tables and queue:
            _, _, i = queue[0]
            have[i] += 1
            due.append(self.c.set_index[(i,)])
            if have[i] >= self.topic_high[i] and len(queue) > 1:
                heappop(queue)
            else:
                heapreplace(queue, (-demand[i] / (have[i] + 0.7), have[i], i))

    def _demand(self) -> list[float]:
        """Seats wished for each challenge, the wish of this round first."""
        demand = [0.0] * len(self.c.problem.challenges)
        for wishes in self.crowd.wishes:
            favourite = self.round % max(1, len(wishes))
            for rank, i in enumerate(wishes):
                demand[i] += 1.0 if rank == favourite else 0.15
        return demand

    def _covering(self, due: list[int], have: list[int]) -> list[int]:
        """Give challenges that are somebody's only hope a table, at the cost of those with most."""
        sets = self.c.sets
        lost = [row for row in self.crowd.wishes if not any(have[i] for i in row)]
        while True:
            hopes: dict[int, int] = {}
            for row in lost:
                for i in row:
                    if self.topic_high[i] > 0:
                        hopes[i] = hopes.get(i, 0) + 1
            rich = [
                (have[sets[s][0]], -at)
                for at, s in enumerate(due)
                if len(sets[s]) == 1 and have[sets[s][0]] > max(1, self.topic_low[sets[s][0]])
            ]
            if not hopes or not rich:
                return due
            i = max(sorted(hopes), key=hopes.__getitem__)
            at = -max(rich)[1]
            have[sets[due[at]][0]] -= 1
            have[i] += 1
            due[at] = self.c.set_index[(i,)]
            lost = [row for row in lost if i not in row]

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

    # --- who sits where -------------------------------------------------------------------------

    def _seat(self, u: int, t: int) -> None:
        self.where[u] = t
        self.size[t] += self.crowd.size[u]

    def _unfit(self, u: int, t: int) -> int:
        """Rules that u at t would break."""
        crowd = self.crowd
        if not crowd.special[u]:
            return 0
        unreached = crowd.access[u] > 0 and not crowd.accessible[t]
        return int(unreached) + sum(self.where[x] == t for x in crowd.apart[u])

    def _bound_table(self, u: int) -> int:
        """The table a pin names, or the emptiest that works on all the unit must work on."""
        crowd = self.crowd
        if crowd.pin[u] >= 0:
            return crowd.pin[u]
        must = set(crowd.must[u])
        good = [
            t
            for t in self.tables_of.get(crowd.must[u][0], [])
            if must <= set(self.c.sets[self.topic[t]])
        ]
        return min(
            good or self.open,
            key=lambda t: (self.size[t] >= self.high, self._unfit(u, t), self.size[t]),
        )

    def _facilitate(self, units: list[int]) -> None:
        """One facilitator for each open table that has none, the rest wherever there is room."""
        crowd = self.crowd
        held = {t for t, n in zip(self.where, crowd.facilitators, strict=True) if t >= 0 and n > 0}
        lacking = sorted((t for t in self.open if t not in held), key=self.size.__getitem__)
        lacking.reverse()
        for u in units:
            if not lacking:
                break
            if crowd.special[u]:
                fit = self._emptiest(u, lacking)
                lacking.remove(fit)
            else:
                fit = lacking.pop()
            self._seat(u, fit)

    def _wished_table(self, u: int) -> int:
        """The emptiest table of the best wish with room, or the emptiest of all."""
        crowd = self.crowd
        n = crowd.size[u]
        for k in range(crowd.chooser_ptr[u], crowd.chooser_ptr[u + 1]):
            row = crowd.wishes[k]
            turn = self.round % max(1, len(row))
            for wish in row[turn:] + row[:turn]:
                tables = [
                    t
                    for t in self.tables_of.get(wish, [])
                    if self.size[t] + n <= self.fill_to and not self._unfit(u, t)
                ]
                if tables:
                    return min(tables, key=self.size.__getitem__)
        if not crowd.special[u]:
            return self._emptiest_of_all()
        roomy = [t for t in self.open if self.size[t] + n <= self.high]
        return self._emptiest(u, roomy or self.open)

    def _emptiest_of_all(self) -> int:
        """The open table with fewest people; sizes only grow, so old entries are moved down."""
        while True:
            size, i, t = self.by_size[0]
            if size == self.size[t]:
                return t
            heapreplace(self.by_size, (self.size[t], i, t))

    def _emptiest(self, u: int, tables: list[int]) -> int:
        """The emptiest of the tables that suit u best."""
        return min(tables, key=lambda t: (self._unfit(u, t), self.size[t]))
