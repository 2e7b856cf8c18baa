"""The search: simulated annealing from a greedy plan, in slices that can be watched and stopped.

Same problem, seed and number of steps: same plan. A limit in seconds is first turned into a
number of steps by timing a short trial, and both are reported, so that the plan can be made again.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import cache

from essor.algos.seating.compiled import (
    Emphasis,
    compile_problem,
)
from essor.algos.seating.feasibility import check, not_found
from essor.algos.seating.judging import judge
from essor.algos.seating.model import Challenge, Person, Plan, Problem, RoomTable, Rules
from essor.algos.seating.outcome import Outcome, Progress, default_steps
from essor.algos.seating.plans import to_plan
from essor.algos.seating.run import Clock, Run
from essor.algos.seating.violations import violations


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
    `first_round` (counted from 0) keep their seats. `progress` is called sixty times or more;
    `cancelled` is asked as often, and the best legal plan so far is then returned. A search that
    was stopped is made again with its `steps` and `stop` (the outcome's `done`). Loading the
    kernels, once in a process, comes before the time begins.
    """
    if seconds is not None:
        _loaded()
    begun = clock()
    refusals = tuple(check(problem))
    if refusals:
        return Outcome(None, None, refusals, seed, 0, 0, clock() - begun)
    c = compile_problem(problem, Emphasis())
    run = Run(c, seed, start, first_round, progress, cancelled, clock, begun, seconds, stop)
    planned = steps if steps is not None else default_steps(problem)
    if seconds is not None and steps is None:
        planned = run.affordable(seconds)
    run.go(planned)
    plan = run.best_plan()
    if plan is None:
        broken = list(violations(problem, to_plan(c, run.state.where, run.state.topic)))
        return Outcome(
            None, None, (not_found(broken, run.done),), seed, planned, run.done, clock() - begun
        )
    cost = judge(problem, plan, shuffles=0).cost
    return Outcome(plan, cost, (), seed, planned, run.done, clock() - begun)


@cache
def _loaded() -> float:
    """Kernels ready, loaded at most once by searches whose time is counted."""
    return warm_up()


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
