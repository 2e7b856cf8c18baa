"""Limits keyed on account, device and evening, never on the network address alone.

A whole hall shares one address, so counting by address would close the door on a thousand people.
"""

from datetime import datetime, timedelta
from hashlib import sha256

from django.db import connection

from essor.kit.models import Allowance
from essor.kit.prepared import known_cursor

SPEND = """
INSERT INTO kit_allowance AS kept ("key", since, used) VALUES (%s, %s, 1)
ON CONFLICT ("key") DO UPDATE SET
    used = CASE WHEN kept.since <= %s THEN 1 ELSE kept.used + 1 END,
    since = CASE WHEN kept.since <= %s THEN excluded.since ELSE kept.since END
WHERE kept.since <= %s OR kept.used < %s
RETURNING used
"""


class TooOften(Exception):
    """The allowance is used up; ``retry_at`` says from when it may be tried again."""

    def __init__(self, retry_at: datetime) -> None:
        super().__init__(f"Try again after {retry_at:%H:%M}.")
        self.retry_at = retry_at


def mark_of(address: str) -> str:
    """What a key says of a mail address: the same for one address, which itself is not kept."""
    return sha256(address.strip().lower().encode()).hexdigest()[:32]


def spend(key: str, *, limit: int, window: timedelta, at: datetime) -> None:
    """Use one of ``limit`` tries for ``key`` in this ``window``, or raise ``TooOften``.

    One statement: it opens the allowance, begins it anew after the window, or takes one more of
    it; where nothing is left it writes nothing.
    """
    if limit <= 0:
        raise TooOften(at + window)
    now = connection.ops.adapt_datetimefield_value(at)
    over = connection.ops.adapt_datetimefield_value(at - window)
    with known_cursor() as cursor:
        cursor.execute(SPEND, [key, now, over, over, over, limit])
        spent = cursor.fetchone()
    if not spent:
        allowance = Allowance.objects.filter(key=key).first()
        raise TooOften((allowance.since if allowance else at) + window)
