"""The worker: runs the jobs, enqueues the recurring ones when their turn has come, sends mails.

A process of its own under ``essor serve`` (``run_worker``); in the demonstration a thread beside
the pages.
"""

import contextlib
import os
import socket
import threading
import time
import uuid
from pathlib import Path

import structlog
from django.conf import settings
from django.db import Error, close_old_connections, connections
from django.utils.module_loading import autodiscover_modules
from django_tasks import DEFAULT_TASK_BACKEND_ALIAS
from django_tasks_db.management.commands.db_worker import Worker

from essor.cli.serving.child import end_with_parent
from essor.kit import clock, recurring
from essor.kit.jobs import send_waiting_mails
from essor.kit.logs import configure

log = structlog.get_logger("essor.worker")
LOOK_EVERY = 0.5
"""Seconds between two looks for a job."""
LOOK_AGAIN = 1.0
"""Seconds before a database that was away is asked again."""
YIELDS = 5
"""How much the worker gives way: where cores are few, people's pages come before letters."""
SESSION = Path("/proc/self/autogroup")
LAST_MAIL = 2.0
"""Seconds that the postman has to finish the mail he is at."""
BEAT_EVERY = 10.0
"""Seconds between two signs of life, and between two looks for recurring jobs."""


def house_here() -> str:
    """A name for one run of the house on this machine: one of its workers lives at a time."""
    return f"{socket.gethostname()[:20]}-{os.getpid()}-{uuid.uuid4().hex[:8]}"


def name_in(house: str) -> str:
    return f"{house}/{uuid.uuid4().hex[:8]}"


def new_worker(house: str = "") -> Worker:
    return Worker(
        queue_names=["*"],
        interval=LOOK_EVERY,
        batch=False,
        backend_name=DEFAULT_TASK_BACKEND_ALIAS,
        startup_delay=False,
        max_tasks=None,
        worker_id=name_in(house or house_here()),
        excluded_queue_names=[],
    )


def keep_time(worker: Worker, stop: threading.Event) -> None:
    """Give signs of life and enqueue what is due, until ``stop``. Runs in its own thread."""
    while not stop.is_set():
        try:
            recurring.beat(worker.worker_id, at=clock.now())
        except Error as trouble:
            log.warning("no sign of life", why=type(trouble).__name__)
        finally:
            connections.close_all()
        stop.wait(BEAT_EVERY)


def start_timekeeper(worker: Worker) -> threading.Event:
    autodiscover_modules("jobs")
    stop = threading.Event()
    threading.Thread(target=keep_time, args=(worker, stop), name="timekeeper", daemon=True).start()
    return stop


def deliver(stop: threading.Event) -> None:
    """Send mails as they come, until ``stop``: the postman, who waits for no job.

    A plan is computed in slices and lets other threads in; a mail leaves within a second or so.
    """
    while not stop.is_set():
        try:
            sent = send_waiting_mails.call()
        except Error as trouble:
            sent = 0
            log.warning("mails not looked at", why=type(trouble).__name__)
            connections.close_all()
        if not sent:
            close_old_connections()
            stop.wait(LOOK_EVERY)
    connections.close_all()


def start_postman(stop: threading.Event) -> threading.Thread:
    postman = threading.Thread(target=deliver, args=(stop,), name="postman", daemon=True)
    postman.start()
    return postman


def work(worker: Worker) -> None:
    """Run jobs until asked to stop; a database that is away is waited for.

    A worker that lost the database goes on under a new name: whatever job it was at is given back
    like that of a dead one, and begun anew.
    """
    while worker.running:
        try:
            worker.run()
        except Error as trouble:
            log.warning("jobs not looked at", why=type(trouble).__name__)
            connections.close_all()
            worker.worker_id = name_in(recurring.house_of(worker.worker_id))
            time.sleep(LOOK_AGAIN)


def start_in_thread() -> Worker:
    """A worker beside the pages of the demonstration; ``running = False`` ends it."""
    worker = new_worker()
    start_timekeeper(worker)
    threading.Thread(target=work, args=(worker,), name="worker", daemon=True).start()
    return worker


def give_way() -> None:
    """Let the pages go first. Linux may share its cores between sessions first, and within each by
    ``nice`` only; the worker is alone in its own, so that the session must give way too."""
    os.nice(YIELDS)
    with contextlib.suppress(OSError):
        SESSION.write_text(str(YIELDS))


def run_until_asked(lifeline: int, house: str) -> None:
    """Work in this process until SIGTERM, or until the parent has gone."""
    configure(settings.LOG_LEVEL)
    end_with_parent(lifeline)
    give_way()
    worker = new_worker(house)
    worker.configure_signals()
    stop = start_timekeeper(worker)
    postman = start_postman(stop)
    log.info("worker started", worker=worker.worker_id)
    try:
        work(worker)
    finally:
        stop.set()
        postman.join(LAST_MAIL)
