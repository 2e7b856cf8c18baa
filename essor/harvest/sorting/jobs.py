"""Computing a proposal of groups in the worker."""

import structlog
from django_tasks import TaskContext, task

from essor.harvest.actions.proposals import (
    begin_grouping,
    fail_grouping,
    finish_grouping,
    note_progress,
)
from essor.harvest.models import GroupingRun
from essor.kit import clock

log = structlog.get_logger("essor.grouping")
BEGUN = 0.1


@task(takes_context=True)
def propose_groups(context: TaskContext, run_id: str) -> str:
    """Compute one proposal in the worker; taken up again after a worker that died."""
    return propose(run_id, again=context.attempt > 1)


def propose(run_id: str, *, again: bool = False) -> str:
    """Compute one proposal; returns how it ended. A run taken twice is computed once."""
    from essor.harvest.sorting.proposing import compute  # noqa: PLC0415 - the engine is heavy

    run = (
        GroupingRun.objects.select_related("harvest__territory", "asked_by")
        .filter(public_id=run_id)
        .first()
    )
    if run is None or not begin_grouping(run=run, again=again, by=run.asked_by, at=clock.now()):
        return "not taken"
    note_progress(run, share=BEGUN, at=clock.now())
    try:
        summary = compute(run.harvest, wanted=run.wanted, light=run.light)
    except Exception as trouble:  # whatever broke, nobody must wait for ever
        log.exception("grouping failed", run=run.public_id, why=type(trouble).__name__)
        return fail_grouping(run=run, by=run.asked_by, at=clock.now()).state
    return finish_grouping(run=run, summary=summary, by=run.asked_by, at=clock.now()).state
