"""The one place where the rooms ask what time it is; actions are told by ``at=``."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime

from django.utils import timezone

_moment: datetime | None = None


def now() -> datetime:
    return _moment or timezone.now()


def today() -> date:
    return timezone.localdate(_moment)


@contextmanager
def travelling() -> Iterator[Callable[[datetime | None], None]]:
    """For rehearsals: within it, in the whole process it is what time the function was last told."""
    try:
        yield _go
    finally:
        _go(None)


def _go(moment: datetime | None) -> None:
    global _moment
    _moment = moment
