"""The one place where the rooms ask what time it is; actions are told by ``at=``."""

from datetime import date, datetime

from django.utils import timezone


def now() -> datetime:
    return timezone.now()


def today() -> date:
    return timezone.localdate()
