"""One search: openings, annealing in slices, and what is tried where it was not enough."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from essor.algos.later import Later
from essor.algos.seating.arrays import Compiled, Ints, State
from essor.algos.seating.bounds import forced_repeats
from essor.algos.seating.jit import COMPILED
from essor.algos.seating.judging import meetings_again
from essor.algos.seating.model import Plan
from essor.algos.seating.opening import apart, copy_state, first_state, seated, state_of
from essor.algos.seating.outcome import Progress
from essor.algos.seating.plans import to_plan
from essor.algos.seating.wishes import Wishes

if TYPE_CHECKING:
    from essor.algos.seating import kernels
else:
    kernels = Later("essor.algos.seating.kernels")


Clock = Callable[[], float]
SLICES = 60
#: No slice is longer, so that cancelling answers within a fraction of a second.
LONGEST = 1_000_000
TRIAL = 20_000 if COMPILED else 200
MENDS = 6
#: How much dearer a repeat is in the last part of a search that still has some.
DEARER = 4
#: How hot each try of that part begins, in units of the largest mixing weight.
PARTINGS = (0.7, 1.0, 3.0)
#: How hot the last try begins, from an opening made by algebra where there is one.
DESIGNED = 0.25
#: Up to so many units a problem is small: hotter, and in three cycles.
SMALL = 80


@dataclass
class Run:
    """A search of one problem: `state` is where it stands, `best` the cheapest legal plan met.

    `done` of the `planned` steps are tried; rounds before `first` keep their seats. `begun` and
    `seconds` are by `clock`; `stop` ends it after so many steps, as one that was cut short did.
    """

    c: Compiled
    seed: int
    start: Plan | None
    first: int
    progress: Callable[[Progress], None] | None
    cancelled: Callable[[], bool] | None
    clock: Clock
    begun: float
    seconds: float | None
    stop: int | None

    def __post_init__(self) -> None:
        self.done = self.planned = 0
        self.best: tuple[float, Ints, Ints] | None = None
        mix = self.c.problem.mix.values()
        self.unit = max(mix, default=0.0) or max(self.c.problem.rules.choice) or 1.0
        self.small = len(self.c.fixed.usize) <= SMALL
        self.state = self.opening(0)
        self.keep()
        self.tell()

    def opening(self, cycle: int) -> State:
        """Where a cycle begins: the plan to improve, or a greedy one."""
        seed = self.seed + 7919 * cycle
        if self.start is not None:
            return state_of(self.c, self.start, seed)
        return first_state(self.c, seed)

    def keep(self) -> None:
        """Remember the state when it is legal and the cheapest so far."""
        if kernels.faults_of(self.c.fixed, self.state):
            return
        cost = kernels.cost_of(self.c.fixed, self.state)
        if self.best is None or cost < self.best[0]:
            self.best = (cost, self.state.where.copy(), self.state.topic.copy())

    def affordable(self, seconds: float) -> int:
        """Steps that fit into the seconds left, timed on a copy of the state."""
        trial = copy_state(self.state)
        hot, cold = self.heat()
        at = self.clock()
        kernels.anneal(self.c.fixed, trial, TRIAL, hot, cold, 0.3, 0.5, self.first)
        pace = max(1e-9, (self.clock() - at) / TRIAL)
        spare = 0.9 * (seconds - 2 * (at - self.begun))
        return max(1000 if COMPILED else 50, int(spare / pace))

    def heat(self) -> tuple[float, float]:
        """First and last temperature, in the problem's own money (see the docs for how found)."""
        hot = 0.5 if self.start is not None else 3.0 if self.small else 0.7
        return self.unit * hot, self.unit * 0.035

    def go(self, steps: int) -> None:
        """Search for `steps`: small single rounds in three cycles, all else in one."""
        self.planned = steps
        cycles = 3 if self.small and self.c.problem.rounds == 1 and self.start is None else 1
        whole = all(self.cycle(number, cycles, steps) for number in range(cycles))
        self.hope(steps // 10 if whole else 0)
        if whole:
            self.part(steps // 8)
        self.mend(max(2000 if COMPILED else 100, min(LONGEST, steps // 10)))

    def cycle(self, number: int, cycles: int, steps: int) -> bool:
        """One annealing of several, from an opening of its own; False when it was cut short."""
        if self.over():
            return False
        if number:
            self.state = self.opening(number)
        share = steps * (number + 1) // cycles - steps * number // cycles
        if self.start is None and not self.small:
            share -= self.choose(share // 10)
        return self.cool(share)

    def choose(self, steps: int) -> int:
        """First look at choices alone, as if nobody had attributes; returns the steps it took."""
        f = self.c.fixed
        steps = min(steps, 100 * len(f.usize) * self.c.problem.rounds)
        bare = f._replace(weight=0 * f.weight, kin_weight=0 * f.kin_weight, repeat=0.0)
        kernels.refresh_all(bare, self.state)
        top = max(self.c.problem.rules.unlisted, 1.0)
        kernels.anneal(bare, self.state, steps, top / 4, top / 40, 0.0, 1.0, self.first)
        kernels.refresh_all(f, self.state)
        self.done += steps
        self.keep()
        return steps

    def cool(self, steps: int) -> bool:
        """One annealing in slices; False when cancelled or out of time."""
        hot, cold = self.heat()
        slices = max(1, min(max(SLICES, steps // LONGEST), steps // 200))
        for i in range(slices):
            size = steps * (i + 1) // slices - steps * i // slices
            kernels.anneal(
                self.c.fixed, self.state, size, hot, cold, i / slices, (i + 1) / slices, self.first
            )
            self.done += size
            if i >= slices // 2 or self.best is None:
                self.keep()
            self.tell()
            if self.over():
                return False
        return True

    def tell(self) -> None:
        """Report how far the search is; first of all the opening, before any step."""
        if self.progress:
            share = min(1.0, self.done / self.planned) if self.planned else 0.0
            cost = self.best and self.best[0]
            self.progress(Progress(share, self.done, cost, self.best_plan))

    def over(self) -> bool:
        """Whether to stop: cancelled, enough steps, or out of time."""
        if self.cancelled and self.cancelled():
            return True
        if self.stop is not None and self.done >= self.stop:
            return True
        return self.seconds is not None and self.clock() - self.begun > self.seconds

    def hope(self, steps: int) -> None:
        """Where some have none of their choices, look for seats by chains; then cool once more.

        `steps` is 0 for a search cut short: chains alone, so that cancelling answers at once.
        """
        if self.best is None or self.c.problem.rounds > 1:
            return
        was = self.best
        state = seated(self.c, was[1], was[2], self.seed)
        wishes = Wishes(self.c, state, 0, random.Random(self.seed), 30_000 + steps // 6)
        if not wishes.lost or not wishes.settle():
            return
        self.state, self.best = seated(self.c, [wishes.where], [wishes.topic], self.seed), None
        self.keep()
        if self.best is None:
            self.best = was
        if self.best is was or not steps:
            return
        _, cold = self.heat()
        kernels.anneal(self.c.fixed, self.state, steps, 3 * cold, cold, 0.0, 1.0, self.first)
        self.done += steps
        self.keep()

    def part(self, steps: int) -> None:
        """Where some still meet again, search on with repeats dearer, hotter each time.

        Kept if fewer meet again; it ends where a count shows that no plan has fewer.
        """
        if self.best is None or self.c.problem.rounds < 2 or not steps:
            return
        fewest = forced_repeats(self.c.problem)
        plan = to_plan(self.c, self.best[1], self.best[2])
        before = meetings_again(self.c.problem, plan)
        dear = self.c.fixed._replace(repeat=self.c.fixed.repeat * DEARER)
        _, cold = self.heat()
        designed = self.start is None and bool(apart(self.c))
        for hot in (*PARTINGS, *((DESIGNED,) if designed else ())):
            if before <= fewest or self.over():
                return
            self.state = state_of(self.c, plan, self.seed + round(hot))
            if hot == DESIGNED:
                self.state = self.opening(0)
            kernels.anneal(dear, self.state, steps, hot * self.unit, cold, 0.0, 1.0, self.first)
            self.done += steps
            if kernels.faults_of(self.c.fixed, self.state):
                continue
            better = to_plan(self.c, self.state.where, self.state.topic)
            after = meetings_again(self.c.problem, better)
            if after < before:
                plan, before = better, after
                cost = kernels.cost_of(self.c.fixed, self.state)
                self.best = (cost, self.state.where.copy(), self.state.topic.copy())

    def mend(self, steps: int) -> None:
        """When no legal plan was met yet: a few more tries, a little warmer."""
        _, cold = self.heat()
        for _ in range(MENDS):
            if self.best is not None:
                break
            kernels.anneal(self.c.fixed, self.state, steps, cold * 8, cold, 0.0, 1.0, self.first)
            self.keep()

    def best_plan(self) -> Plan | None:
        """The cheapest legal plan met so far."""
        return to_plan(self.c, self.best[1], self.best[2]) if self.best else None
