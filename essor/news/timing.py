"""When digests are due: on Tuesday mornings by the clock on the wall, whatever the time of year."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from django.utils import timezone

TUESDAY, MORNING = 1, time(7)


def due_day(at: datetime) -> date:
    """The latest Tuesday whose morning has come at ``at``.

    A server that slept for weeks finds one day due, the latest. Days are local: when clocks change
    in spring and autumn, a week is an hour shorter or longer and still one week.
    """
    here = timezone.localtime(at)
    day = here.date() - timedelta(days=(here.weekday() - TUESDAY) % 7)
    return day if day < here.date() or here.time() >= MORNING else day - timedelta(days=7)


def next_step(steps: Iterable[int], *, passed: int, told: int) -> int:
    """The latest of ``steps`` (days) that came in the ``passed`` days and is later than ``told``;
    0 for none. Steps missed while the server slept are one step."""
    step = max((each for each in steps if each <= passed), default=0)
    return step if step > told else 0
