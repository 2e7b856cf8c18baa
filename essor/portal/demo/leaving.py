"""What the example's people leave behind: their confidence before and after."""

from datetime import datetime

from essor.evenings.actions.pulse import count_paper_pulse
from essor.evenings.models import Evening, Pulse
from essor.evenings.pulse_rules import SCALE
from essor.people.models import Person

LEVELS = {
    Pulse.Moment.BEFORE: {"dare": (34, 71, 92, 58, 21), "together": (18, 41, 88, 86, 43)},
    Pulse.Moment.AFTER: {"dare": (9, 31, 74, 96, 45), "together": (6, 17, 55, 101, 76)},
}
"""Invented: how many people chose each step of the scale."""


def tell_confidence(evening: Evening, moment: str, *, by: Person, at: datetime) -> None:
    """The invented answers of one moment, as slips of paper."""
    tally = {
        key: dict(zip(SCALE, counts, strict=True))
        for key, counts in LEVELS[Pulse.Moment(moment)].items()
    }
    count_paper_pulse(evening=evening, moment=moment, tally=tally, by=by, at=at)
