"""Limits keyed on account, device and evening, never on the network address alone.

A whole hall shares one address, so counting by address would close the door on a thousand people.
"""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from essor.kit.models import Allowance
from essor.kit.prepared import Prepared

_locked = Prepared(lambda key: Allowance.objects.select_for_update().filter(key=key), str)


class TooOften(Exception):
    """The allowance is used up; ``retry_at`` says from when it may be tried again."""

    def __init__(self, retry_at: datetime) -> None:
        super().__init__(f"Try again after {retry_at:%H:%M}.")
        self.retry_at = retry_at


def spend(key: str, *, limit: int, window: timedelta, at: datetime) -> None:
    """Use one of ``limit`` tries for ``key`` in this ``window``, or raise ``TooOften``."""
    with transaction.atomic(savepoint=False):  # refused below, outside, so nothing is undone
        allowance = _locked.first(key)
        if allowance is None:
            if limit > 0 and _opened(key, at):
                return
            allowance = _locked.first(key) or Allowance(key=key, since=at)
        if at - allowance.since >= window:
            allowance.since, allowance.used = at, 0
        refused = allowance.used >= limit
        if not refused:
            allowance.used += 1
            allowance.save(update_fields=["since", "used"])
    if refused:
        raise TooOften(allowance.since + window)


def _opened(key: str, at: datetime) -> bool:
    """Whether the first try is ours; not where somebody else's came in this very moment."""
    try:
        with transaction.atomic():
            Allowance.objects.create(key=key, since=at, used=1)
    except IntegrityError:
        return False
    return True
