"""Limits keyed on account, device and evening, never on the network address alone.

A whole hall shares one address, so counting by address would close the door on a thousand people.
"""

from datetime import datetime, timedelta

from django.db import transaction

from essor.kit.models import Allowance


class TooOften(Exception):
    """The allowance is used up; ``retry_at`` says from when it may be tried again."""

    def __init__(self, retry_at: datetime) -> None:
        super().__init__(f"Try again after {retry_at:%H:%M}.")
        self.retry_at = retry_at


def spend(key: str, *, limit: int, window: timedelta, at: datetime) -> None:
    """Use one of ``limit`` tries for ``key`` in this ``window``, or raise ``TooOften``."""
    with transaction.atomic():
        allowance, first = Allowance.objects.select_for_update().get_or_create(
            key=key, defaults={"since": at, "used": 1}
        )
        if first and limit > 0:
            return
        if at - allowance.since >= window:
            allowance.since, allowance.used = at, 0
        if allowance.used >= limit:
            raise TooOften(allowance.since + window)
        allowance.used += 1
        allowance.save(update_fields=["since", "used"])
