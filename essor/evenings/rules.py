"""What may be done with an evening or a registration at a given time; asked by pages and acts."""

from datetime import datetime, timedelta

from essor.evenings.models import Evening, Registration

BEFORE = frozenset({Evening.State.OPEN, Evening.State.CLOSED})
PROMOTES = BEFORE
EARLY, LATE = timedelta(hours=1), timedelta(hours=8)
"""From when until when somebody at a distance may arrive where nobody began the evening."""


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


def may_join(registration: Registration, at: datetime) -> bool:
    """Whether somebody at a distance may say that they are there: from an hour before, once."""
    evening = registration.evening
    if not registration.remote or registration.state != Registration.State.REGISTERED:
        return False
    if registration.arrived_at is not None or evening.state not in {*BEFORE, Evening.State.LIVE}:
        return False
    begins = evening.starts_at
    return evening.state == Evening.State.LIVE or (
        begins is not None and begins - EARLY <= at < begins + LATE
    )


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
