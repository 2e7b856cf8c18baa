"""How the house is doing, for whoever watches it: by what people managed to do, not by pages seen.

A ticketing service once served every page while a fifth of the orders failed for an hour. So the
measure is *accepted writes*: of the acts that people sent, how many ended in a fault of ours.
"""

import shutil
import time
from collections import deque
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from essor.kit.models import Mail, WorkerSeen

WINDOW = 300.0
"""Seconds over which acts are counted."""
ENOUGH = 5
"""Acts below which a share says nothing."""
TOO_MANY_FAULTS = 0.1
SPACE = 200 * 1024 * 1024
WORKER_LATE = timedelta(minutes=1)
MAIL_LATE = timedelta(minutes=15)


class Acts:
    """The acts of the last minutes in this process: when, and whether they ended in a fault."""

    def __init__(self) -> None:
        self.kept: deque[tuple[float, bool]] = deque(maxlen=2000)

    def note(self, fault: bool) -> None:
        self.kept.append((time.monotonic(), fault))

    def recent(self) -> tuple[int, int]:
        """How many acts, how many of them ended in a fault."""
        since = time.monotonic() - WINDOW
        lately = [fault for at, fault in self.kept.copy() if at >= since]
        return len(lately), sum(lately)


acts = Acts()


class CountActs:
    """Counts what people send: anything but reading. A refusal with a reason is no fault."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.method in {"GET", "HEAD", "OPTIONS"}:
            return self.get_response(request)
        response = self.get_response(request)
        acts.note(response.status_code >= 500)
        return response


@dataclass(frozen=True, slots=True)
class Pulse:
    """What can be said without naming anybody. Ages in seconds; ``None``: never."""

    database: bool
    space: bool
    acts: int
    faults: int
    worker_age: int | None
    mails_waiting: int
    oldest_mail_age: int | None
    mails_failed: int

    @property
    def can_serve(self) -> bool:
        """Whether this process can accept what people send."""
        return self.database and self.space

    @property
    def accepts(self) -> bool:
        return self.acts < ENOUGH or self.faults <= self.acts * TOO_MANY_FAULTS

    @property
    def on_time(self) -> bool:
        """Whether jobs are run and mails leave."""
        worker = self.worker_age is not None and self.worker_age <= WORKER_LATE.total_seconds()
        mails = self.oldest_mail_age is None or self.oldest_mail_age <= MAIL_LATE.total_seconds()
        return worker and (mails or not settings.MAIL_SERVER)

    def details(self) -> dict[str, object]:
        return {**asdict(self), "accepts": self.accepts, "on_time": self.on_time}


def take_pulse(*, at: datetime) -> Pulse:
    """Look at the database, the disk, the worker and the mails; writes nothing."""
    number, faults = acts.recent()
    space = shutil.disk_usage(settings.DATA).free > SPACE
    try:
        with transaction.atomic():  # on SQLite this takes the write lock, and gives it back
            writable = _may_write()
            worker = WorkerSeen.objects.order_by("-at").values_list("at", flat=True).first()
            waiting = Mail.objects.filter(state__in=[Mail.State.QUEUED, Mail.State.SENDING])
            oldest = waiting.order_by("queued_at").values_list("queued_at", flat=True).first()
            failed = Mail.objects.filter(
                state=Mail.State.FAILED, queued_at__gte=at - timedelta(days=1)
            ).count()
            waiting_now = waiting.count()
    except DatabaseError:
        return Pulse(False, space, number, faults, None, 0, None, 0)
    return Pulse(
        database=writable,
        space=space,
        acts=number,
        faults=faults,
        worker_age=_age(worker, at),
        mails_waiting=waiting_now,
        oldest_mail_age=_age(oldest, at),
        mails_failed=failed,
    )


def _may_write() -> bool:
    if connection.vendor != "postgresql":
        return True
    with connection.cursor() as cursor:
        cursor.execute("SHOW transaction_read_only")
        return bool(cursor.fetchone()[0] == "off")


def _age(then: datetime | None, at: datetime) -> int | None:
    return None if then is None else max(0, int((at - then).total_seconds()))
