"""The search: simulated annealing from a greedy plan, in slices that can be watched and stopped.

Same problem, seed and number of steps: same plan. A limit in seconds is first turned into a
number of steps by timing a short trial, and both are reported, so that the plan can be made again.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from essor.algos.seating.compiled import Compiled, Ints, State, compile_problem, to_plan
from essor.algos.seating.feasibility import Refusal, check, not_found
from essor.algos.seating.jit import COMPILED
from essor.algos.seating.judging import Cost, judge, violations
from essor.algos.seating.kernels import anneal, cost_of, faults_of
from essor.algos.seating.model import Challenge, Person, Plan, Problem, RoomTable, Rules
from essor.algos.seating.opening import copy_state, first_state, state_of

Clock = Callable[[], float]
SLICES = 60
TRIAL = 4_000 if COMPILED else 200
MENDS = 6


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a search is: `share` from 0 to 1, the cost of the best legal plan so far or None."""

    share: float
    steps: int
    cost: float | None
    plan: Callable[[], Plan | None]


@dataclass(frozen=True, slots=True)
class Outcome:
    """A legal plan with its cost, or the reasons why there is none; never both, never neither.

    `steps` is what was asked or worked out from the seconds, `done` what was tried; they differ
    when the search was cancelled or its time ran out.
    """

    plan: Plan | None
    cost: Cost | None
    refusals: tuple[Refusal, ...]
    seed: int
    steps: int
    done: int
    seconds: float

    @property
    def complete(self) -> bool:
        return self.done >= self.steps


def default_steps(problem: Problem) -> int:
    """Steps that bring most of what can be had: some thousands for each seat to fill."""
    return 8_000 * len(problem.people) * problem.rounds


def solve(
    problem: Problem,
    seed: int = 1,
    steps: int | None = None,
    seconds: float | None = None,
    start: Plan | None = None,
    progress: Callable[[Progress], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
    clock: Clock = time.perf_counter,
    first_round: int = 0,
    stop: int | None = None,
) -> Outcome:
    """Seat an evening.

    `steps` fixes the work, `seconds` the time (by `clock`, injected so that a bench may count
    process time); with neither, `default_steps`. `start` is a plan to improve; rounds before
    `first_round` (counted from 0) keep their seats. `progress` is called some sixty times;
    `cancelled` is asked as often, and the best legal plan so far is then returned. A search that
    was stopped is made again with its `steps` and `stop` (the outcome's `done`).
    """
    begun = clock()
    refusals = tuple(check(problem))
    if refusals:
        return Outcome(None, None, refusals, seed, 0, 0, clock() - begun)
    c = compile_problem(problem)
    state = state_of(c, start, seed) if start else first_state(c, seed)
    run = _Run(c, state, first_round, progress, cancelled, clock, begun, seconds, stop)
    planned = steps if steps is not None else default_steps(problem)
    if seconds is not None and steps is None:
        planned = run.affordable(seconds)
    run.go(planned, warm=start is not None)
    plan = run.best_plan()
    done, spent = run.done, clock() - begun
    if plan is None:
        broken = list(violations(problem, to_plan(c, state.where, state.topic)))
        return Outcome(None, None, (not_found(broken, done),), seed, planned, done, spent)
    cost = judge(problem, plan, shuffles=0).cost
    return Outcome(plan, cost, (), seed, planned, done, clock() - begun)


@dataclass
class _Run:
    c: Compiled
    state: State
    first: int
    progress: Callable[[Progress], None] | None
    cancelled: Callable[[], bool] | None
    clock: Clock
    begun: float
    seconds: float | None
    stop: int | None

    def __post_init__(self) -> None:
        self.done = 0
        self.best: tuple[float, Ints, Ints] | None = None
        mix = self.c.problem.mix.values()
        self.unit = max(mix, default=0.0) or max(self.c.problem.rules.choice) or 1.0
        self.keep()

    def keep(self) -> None:
        """Remember the state when it is legal and the cheapest so far."""
        if faults_of(self.c.fixed, self.state):
            return
        cost = cost_of(self.c.fixed, self.state)
        if self.best is None or cost < self.best[0]:
            self.best = (cost, self.state.where.copy(), self.state.topic.copy())

    def affordable(self, seconds: float) -> int:
        """Steps that fit into the seconds left, timed on a copy of the state."""
        trial = copy_state(self.state)
        hot, cold = self.heat(warm=False)
        at = self.clock()
        anneal(self.c.fixed, trial, TRIAL, hot, cold, 0.3, 0.5, self.first)
        pace = max(1e-9, (self.clock() - at) / TRIAL)
        left = seconds - (self.clock() - self.begun)
        return max(1000 if COMPILED else 50, int(0.9 * left / pace))

    def heat(self, warm: bool) -> tuple[float, float]:
        """First and last temperature, in the problem's own money."""
        return self.unit * (0.6 if warm else 2.0), self.unit * 0.06

    def go(self, steps: int, warm: bool) -> None:
        hot, cold = self.heat(warm)
        slices = max(1, min(SLICES, steps // 200))
        for i in range(slices):
            size = steps * (i + 1) // slices - steps * i // slices
            anneal(
                self.c.fixed, self.state, size, hot, cold, i / slices, (i + 1) / slices, self.first
            )
            self.done += size
            if i >= slices // 2 or self.best is None:
                self.keep()
            if self.progress:
                self.progress(
                    Progress(
                        (i + 1) / slices, self.done, self.best and self.best[0], self.best_plan
                    )
                )
            if self.cancelled and self.cancelled():
                break
            if self.stop is not None and self.done >= self.stop:
                break
            if self.seconds is not None and self.clock() - self.begun > self.seconds:
                break
        for _ in range(MENDS):
            if self.best is not None:
                break
            anneal(
                self.c.fixed,
                self.state,
                max(2000, steps // 10),
                cold * 4,
                cold,
                0.0,
                1.0,
                self.first,
            )
            self.keep()

    def best_plan(self) -> Plan | None:
        """The cheapest legal plan met so far."""
        return to_plan(self.c, self.best[1], self.best[2]) if self.best else None


def warm_up() -> float:
    """Compile the kernels, or load their machine code; returns the seconds it took.

    Some 30 s the first time on a machine, half a second afterwards. Call it at install, so that
    it never happens while a host waits.
    """
    begun = time.perf_counter()
    people = tuple(Person(f"p{i}", {"sphere": ("abc"[i % 3],)}, ("c",)) for i in range(6))
    problem = Problem(
        people,
        (RoomTable("1"), RoomTable("2")),
        (Challenge("c"),),
        {"sphere": 1},
        Rules(seats_min=3, seats_max=3),
    )
    solve(problem, steps=300)
    return time.perf_counter() - begun
