"""The worker: runs the jobs, enqueues the recurring ones when their turn has come, sends mails.

A process of its own under ``essor serve`` (``run_worker``); in the demonstration a thread beside
the pages.
"""

import os
import socket
import threading
import uuid

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
YIELDS = 5
"""How much the worker gives way: where cores are few, people's pages come before letters."""
LAST_MAIL = 2.0
"""Seconds that the postman has to finish the mail he is at."""
BEAT_EVERY = 10.0
"""Seconds between two signs of life, and between two looks for recurring jobs."""


def new_worker() -> Worker:
    name = f"{socket.gethostname()[:20]}-{os.getpid()}-{uuid.uuid4().hex[:8]}"
    return Worker(
        queue_names=["*"],
        interval=LOOK_EVERY,
        batch=False,
        backend_name=DEFAULT_TASK_BACKEND_ALIAS,
        startup_delay=False,
        max_tasks=None,
        worker_id=name,
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


def start_in_thread() -> Worker:
    """A worker beside the pages of the demonstration; ``running = False`` ends it."""
    worker = new_worker()
    start_timekeeper(worker)
    threading.Thread(target=worker.run, name="worker", daemon=True).start()
    return worker


def run_until_asked(lifeline: int) -> None:
    """Work in this process until SIGTERM, or until the parent has gone."""
    configure(settings.LOG_LEVEL)
    end_with_parent(lifeline)
    os.nice(YIELDS)
    worker = new_worker()
    worker.configure_signals()
    stop = start_timekeeper(worker)
    postman = start_postman(stop)
    log.info("worker started", worker=worker.worker_id)
    try:
        worker.run()
    finally:
        stop.set()
        postman.join(LAST_MAIL)
