"""What may be done with an evening or a registration at a given time; asked by pages and acts."""

from datetime import datetime

from essor.evenings.models import Evening, Registration

BEFORE = frozenset({Evening.State.OPEN, Evening.State.CLOSED})
PROMOTES = BEFORE


def registration_open(evening: Evening, at: datetime) -> bool:
    """Open, and the closing time, when there is one, not reached."""
    if evening.state != Evening.State.OPEN:
        return False
    closes = evening.registration_closes_at
    return closes is None or at < closes


def answers_may_change(registration: Registration) -> bool:
    """Until the evening begins; a cancelled registration has to come back first."""
    alive = registration.state != Registration.State.CANCELLED
    return alive and registration.evening.state in BEFORE


def may_cancel(registration: Registration) -> bool:
    """Until the evening is over; cancelling twice is refused quietly by the act."""
    alive = registration.state != Registration.State.CANCELLED
    return alive and registration.evening.state != Evening.State.OVER


def missing_before_opening(evening: Evening) -> list[str]:
    """What an evening still lacks before its registration can open, as field names."""
    lacks = []
    if not evening.place:
        lacks.append("place")
    if evening.starts_at is None:
        lacks.append("starts_at")
    if not evening.capacity:
        lacks.append("capacity")
    return lacks
