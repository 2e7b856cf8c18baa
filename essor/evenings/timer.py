"""How much of the present phase is left: it runs, waits, or is over its time."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from essor.evenings.models import Evening


@dataclass(frozen=True, slots=True)
class Timer:
    """``left`` may be negative: the phase runs over its time, which the screen shows as zero."""

    left: timedelta
    running: bool

    @property
    def seconds(self) -> int:
        return max(0, int(self.left.total_seconds()))

    @property
    def minutes(self) -> int:
        """Whole minutes left, rounded up: one minute is left until none is."""
        return -(-self.seconds // 60)

    @property
    def clock(self) -> str:
        """``24:10``; hours are told in minutes, as on a kitchen timer."""
        return f"{self.seconds // 60:02d}:{self.seconds % 60:02d}"

    @property
    def over(self) -> bool:
        return self.left <= timedelta()


def length_of(evening: Evening) -> timedelta:
    """The length of the phase under way, with what the conductor added."""
    minutes = evening.phase.minutes if evening.phase else 0
    return timedelta(minutes=max(0, minutes + evening.minutes_added))


def timer_of(evening: Evening, at: datetime) -> Timer | None:
    """The timer of the phase under way; None before the first one."""
    if evening.phase is None or evening.phase_started_at is None:
        return None
    until = evening.phase_paused_at or at
    spent = until - evening.phase_started_at
    return Timer(length_of(evening) - spent, evening.phase_paused_at is None)
