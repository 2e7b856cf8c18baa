"""The pulse in figures: how confident people were before and after, never fewer than five."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from math import sqrt

from essor.evenings.models import Evening, Pulse, PulseMark
from essor.evenings.pulse_rules import HIDDEN_AMONG, QUESTIONS, SCALE, moment_of, pulse_mark
from essor.kit.privacy import Words

BEYOND_CHANCE = 1.96
"""Standard errors that a difference must exceed: one time in twenty, chance does as much."""


@dataclass(frozen=True, slots=True)
class Level:
    """How confident ``people`` were on a scale of 1 to 5; ``error`` is the mean's standard error."""

    people: int
    mean: float
    error: float

    @property
    def bar(self) -> float:
        """The mean as a width of 0 to 100."""
        return round(100 * (self.mean - 1) / (len(SCALE) - 1), 1)


@dataclass(frozen=True, slots=True)
class Confidence:
    """One question with its two levels; None where fewer than five people answered."""

    question: Words
    before: Level | None
    after: Level | None

    @property
    def turn(self) -> str:
        """``up`` or ``down`` where the difference is more than chance gives, else ``even``."""
        if self.before is None or self.after is None:
            return ""
        change = self.after.mean - self.before.mean
        if abs(change) <= BEYOND_CHANCE * sqrt(self.before.error**2 + self.after.error**2):
            return "even"
        return "up" if change > 0 else "down"


def confidence_of(evening: Evening) -> list[Confidence]:
    """Both questions, before and after; empty while nothing may be told. One query."""
    told = {each.moment: each.told for each in Pulse.objects.filter(evening=evening)}
    found = [
        Confidence(
            words,
            level_of(told.get(Pulse.Moment.BEFORE, {}), key),
            level_of(told.get(Pulse.Moment.AFTER, {}), key),
        )
        for key, words in QUESTIONS.items()
    ]
    return found if any(each.before or each.after for each in found) else []


def level_of(told: Mapping[str, list[int]], key: str) -> Level | None:
    """The level that ``told`` gives for a question; None below five people."""
    counts = told.get(key, [])
    people = sum(counts)
    if people < HIDDEN_AMONG:
        return None
    mean = sum(step * count for step, count in zip(SCALE, counts, strict=True)) / people
    spread = sum(count * (step - mean) ** 2 for step, count in zip(SCALE, counts, strict=True))
    return Level(people, round(mean, 1), sqrt(spread / (people - 1) / people))


def has_answered(evening: Evening, moment: str, device: str) -> bool:
    """Whether this device's answers are counted; a browser without a name has given none."""
    if not device:
        return False
    return PulseMark.objects.filter(mark=pulse_mark(evening, moment, device)).exists()


def asked_of(evening: Evening, device: str, at: datetime) -> str:
    """The moment whose two questions this browser may answer now; blank: none, or it has."""
    moment = moment_of(evening, at)
    return "" if moment is None or has_answered(evening, moment, device) else moment
