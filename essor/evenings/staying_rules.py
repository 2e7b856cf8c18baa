"""When people are asked to stay reachable through their table, who may, and who may write."""

from essor.evenings.models import Evening, Phase, Registration, Staying, Table

LEAVING = (Phase.Kind.COMMIT, Phase.Kind.SHARE_OUT, Phase.Kind.THANKS)
"""Phases in which people think of what comes next."""


def asks_to_stay(evening: Evening) -> bool:
    """From the commitments on, and for good once the evening is over."""
    if evening.state == Evening.State.OVER:
        return True
    live = evening.state == Evening.State.LIVE and evening.phase is not None
    return live and Phase.Kind(evening.phase.kind) in LEAVING  # type: ignore[union-attr]


def may_stay(table: Table, registration: Registration | None) -> bool:
    """Whoever sits at the table; while the evening is under way, anybody registered for it.

    People change tables without telling anybody; the card with its QR code is on the table.
    """
    if registration is None or not asks_to_stay(table.evening):
        return False
    if table.evening.state == Evening.State.LIVE:
        return True
    return registration.seats.filter(table=table).exists()


def may_write(staying: Staying) -> bool:
    """Until the host team lets the table rest."""
    return staying.left_at is None and staying.table.rests_at is None
