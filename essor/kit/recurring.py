"""Jobs that come back: each room says in its ``jobs.py`` how often one of its jobs runs.

    @recurring(timedelta(minutes=5))
    @task()
    def promote_waiting() -> int: ...

Every worker gives signs of life with ``beat``, and enqueues what is due. A turn belongs to the
worker whose update of its row succeeds, so however many workers run, each turn is run once. A turn
missed while no worker ran is taken once at the next start, not made up for again and again.
A job may be run a second time (its worker died half way): write it so that this does no harm.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import structlog
from django.db import transaction
from django_tasks.base import Task, TaskResultStatus
from django_tasks_db.models import DBTaskResult

from essor.kit.models import Turn, WorkerSeen

log = structlog.get_logger("essor.worker")
DEAD_AFTER = timedelta(minutes=2)
"""A worker that gave no sign of life for so long has died; its jobs are taken up again."""
TRIES = 3

Job = Task[Any, Any]
_jobs: dict[str, tuple[timedelta, Job]] = {}


def recurring(period: timedelta) -> Callable[[Job], Job]:
    """Have the job enqueued every ``period``; it takes no arguments."""

    def declare(job: Job) -> Job:
        _jobs[job.module_path] = (period, job)
        return job

    return declare


def jobs_of_at_least(period: timedelta) -> list[Job]:
    """The jobs that come back after ``period`` or more: a rehearsal of years calls them by day."""
    return [job for each, job in _jobs.values() if each >= period]


def beat(worker: str, *, at: datetime) -> list[str]:
    """Give a sign of life, enqueue what is due, take up what dead workers left; what was due."""
    WorkerSeen.objects.update_or_create(worker=worker, defaults={"at": at})
    take_up_abandoned(at=at, by=worker)
    return [name for name, (period, job) in _jobs.items() if _take_turn(name, period, job, at)]


def _take_turn(name: str, period: timedelta, job: Job, at: datetime) -> bool:
    """Enqueue ``job`` if its turn has come and nobody else took it."""
    Turn.objects.get_or_create(name=name, defaults={"due_at": at})
    if not Turn.objects.filter(name=name, due_at__lte=at).exists():
        return False
    with transaction.atomic():
        mine = Turn.objects.filter(name=name, due_at__lte=at).update(due_at=at + period)
        if mine:
            job.enqueue()
    return bool(mine)


def house_of(worker: str) -> str:
    """The run of the house that a worker belongs to (``HOUSE/NAME``); empty where it has none."""
    return worker.rpartition("/")[0]


def take_up_abandoned(*, at: datetime, by: str = "") -> int:
    """Give jobs back whose worker has died; after ``TRIES`` workers they have failed.

    A house has one worker at a time: the jobs of those before ``by`` are given back at once, those
    of other houses when their worker gave no sign of life for ``DEAD_AFTER``.
    """
    running = list(DBTaskResult.objects.running())
    if not running:
        return 0
    alive = set(WorkerSeen.objects.filter(at__gte=at - DEAD_AFTER).values_list("worker", flat=True))
    given_back = 0
    for job in running:
        worker = job.worker_ids[-1] if job.worker_ids else ""
        before_me = bool(house_of(by)) and house_of(worker) == house_of(by) and worker != by
        silent = worker not in alive and job.started_at < at - DEAD_AFTER
        if not (before_me or silent):
            continue
        again = len(job.worker_ids) < TRIES
        status = TaskResultStatus.READY if again else TaskResultStatus.FAILED
        given_back += DBTaskResult.objects.filter(
            pk=job.pk, status=TaskResultStatus.RUNNING, started_at=job.started_at
        ).update(status=status, finished_at=None if again else at)
        log.warning("job of a dead worker", job=job.task_path, again=again)
    WorkerSeen.objects.filter(at__lt=at - timedelta(days=1)).delete()
    return given_back
