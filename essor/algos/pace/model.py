"""What pace is computed from."""

from dataclasses import dataclass
from math import isfinite

LEAST = 8
"""Nothing is said of fewer projects than this."""


class BadSpell(ValueError):
    """A time that is negative or no number."""


@dataclass(frozen=True, slots=True)
class Spell:
    """One stay: ``time`` in any unit; ``over`` says that it ended as waited for.

    A spell that is not over lasted *at least* ``time``. Raises ``BadSpell``.
    """

    time: float
    over: bool

    def __post_init__(self) -> None:
        if not isfinite(self.time) or self.time < 0:
            raise BadSpell(self.time)
