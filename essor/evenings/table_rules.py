"""Who may write at a table, and until when."""

from datetime import datetime, timedelta
from typing import Any

from essor.evenings.doors import holds_table
from essor.evenings.models import Evening, Table
from essor.kit import clock
from essor.territories.doors import Rights

AFTERWARDS = timedelta(hours=36)
"""A table finishes its sheet in the night after the evening; then the team does it."""
LONGEST_EVENING = timedelta(hours=8)


def phone_may_write(evening: Evening, at: datetime) -> bool:
    """Whether a phone with a table's code still writes there; undated evenings stay open."""
    if evening.state != Evening.State.OVER:
        return True
    ended = evening.ends_at or (evening.starts_at and evening.starts_at + LONGEST_EVENING)
    return ended is not None and at < ended + AFTERWARDS


def at_the_table(rights: Rights, *, table: Table, **others: Any) -> bool:
    """This browser gave the table's code, and the evening is not long over."""
    return holds_table(rights, table=table) and phone_may_write(table.evening, clock.now())
