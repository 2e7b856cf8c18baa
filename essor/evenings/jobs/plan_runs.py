"""Computing a seating plan in the worker, with progress, a way to stop, and the best plan so far."""

from time import monotonic
from typing import Any

import structlog
from django_tasks import TaskContext, task

from essor.algos.seating import (
    Live,
    NoSeat,
    Outcome,
    Plan,
    Problem,
    Progress,
    read_plan,
    solve,
    suggest,
    warm_up,
)
from essor.evenings.actions.plan_runs import begin_run, fail_run, finish_run, note_progress
from essor.evenings.models import PlanRun
from essor.evenings.planning.figures import figures_of, suggestions_as_data
from essor.evenings.planning.problem import fitted, problem_of
from essor.kit import clock

log = structlog.get_logger("essor.seating")
BEAT = 0.5
"""Seconds between two signs of progress: at most two writes a second."""
SEARCH = 0.85
"""Share of the bar for the search; the rest is for the suggestions."""


@task(takes_context=True)
def compute_plan(context: TaskContext, run_id: str) -> str:
    """Compute the plan of one run in the worker; taken up again after a worker that died."""
    return compute(run_id, again=context.attempt > 1)


def compute(run_id: str, *, again: bool = False) -> str:
    """Compute the plan of one run; returns how it ended. A run taken twice is computed once.

    ``again``: its worker died half way. The search goes on from the best plan it had met, for the
    time that was left.
    """
    run = (
        PlanRun.objects.select_related("evening__territory", "start", "asked_by")
        .filter(public_id=run_id)
        .first()
    )
    if run is None or not begin_run(run=run, again=again, by=run.asked_by, at=clock.now()):
        return "not taken"
    try:
        outcome, suggestions = _search(run)
    except Exception as trouble:  # whatever broke, the hosts must not wait for ever
        log.exception("plan run failed", run=run.public_id, why=type(trouble).__name__)
        return fail_run(run=run, by=run.asked_by, at=clock.now()).state
    return finish_run(
        run=run, outcome=outcome, suggestions=suggestions, by=run.asked_by, at=clock.now()
    ).state


class Watch:
    """Writes progress down at most twice a second and hears when somebody asks to stop."""

    def __init__(self, run: PlanRun) -> None:
        self.run, self.next, self.stopped = run, 0.0, False
        self.kept: float | None = None

    def progress(self, progress: Progress) -> None:
        if monotonic() < self.next:
            return
        better = progress.cost is not None and progress.cost != self.kept
        plan = progress.plan() if better else None
        self.kept = progress.cost
        self.note(progress.share * SEARCH, progress, plan.to_dict() if plan else None)

    def note(self, share: float, progress: Progress, document: object) -> None:
        self.stopped = note_progress(
            self.run, share=share, steps=progress.steps, best=progress.cost,
            document=document, at=clock.now(),
        )  # fmt: skip
        self.next = monotonic() + BEAT

    def cancelled(self) -> bool:
        return self.stopped


def _search(run: PlanRun) -> tuple[Outcome, list[dict[str, Any]]]:
    problem = problem_of(run.evening, asks=run.asks)
    watch = Watch(run)
    warm_up()  # kernels not compiled yet would eat the time that the search was given
    outcome = solve(
        problem, seed=run.seed, seconds=_seconds_left(run), start=_start(run, problem),
        progress=watch.progress, cancelled=watch.cancelled,
    )  # fmt: skip
    if outcome.plan is None or watch.stopped:
        return outcome, []
    figures = figures_of(problem, outcome.plan)
    return outcome, suggestions_as_data(suggest(problem, outcome.plan, run.seed), figures)


def _seconds_left(run: PlanRun) -> float:
    """What is left of the time asked for; a tenth of it at least."""
    return run.seconds * max(0.1, 1 - run.progress / SEARCH)


def _start(run: PlanRun, problem: Problem) -> Plan | None:
    """The plan to improve, with everybody seated; None where that cannot be."""
    document = run.document or (run.start and run.start.document)
    if not document:
        return None
    live = Live(problem, fitted(read_plan(document), problem))
    try:
        for person in problem.person.keys() - live.where[0].keys():
            live.arrive(person)
    except NoSeat:
        return None
    return live.plan
