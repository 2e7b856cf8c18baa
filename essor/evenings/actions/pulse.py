"""Answering the pulse: counted at once, told five at a time, joined to nobody."""

from collections.abc import Mapping
from datetime import datetime, time

from django.utils import timezone

from essor.evenings.models import Evening, Pulse, PulseMark
from essor.evenings.pulse_rules import HIDDEN_AMONG, QUESTIONS, SCALE, pulse_mark, takes_answers
from essor.kit.locks import lock
from essor.ledger.actions import Named, action, nothing_changed, record

Tally = Mapping[str, Mapping[int, int]]
"""For each question's key, how many people chose each step of the scale."""


class NotAsked(Exception):
    """The evening is in preparation, or long over."""


class UnevenTally(Exception):
    """Each person answers both questions: the two sums must be the same."""


@action
def answer_pulse(
    *,
    evening: Evening,
    moment: str,
    answers: Mapping[str, int],
    device: str,
    by: None,
    at: datetime,
) -> bool:
    """Count one device's two answers; False where it had answered. Raises ``NotAsked``.

    ``by`` is nobody, on purpose. An answer that waits among fewer than five leaves no line in the
    ledger: a line would tell when it was given.
    """
    if not takes_answers(evening, at):
        raise NotAsked
    _mark, new = PulseMark.objects.get_or_create(
        mark=pulse_mark(evening, moment, device), defaults={"evening": evening}
    )
    if not new:
        nothing_changed()
        return False
    _count(evening, moment, {key: {answers[key]: 1} for key in QUESTIONS}, at)
    return True


@action
def count_paper_pulse(
    *, evening: Evening, moment: str, tally: Tally, by: Named | None, at: datetime
) -> int:
    """Add what was answered on paper; how many people. Raises ``UnevenTally``."""
    sums = {sum(tally[key].values()) for key in QUESTIONS}
    if len(sums) != 1 or sums == {0}:
        raise UnevenTally
    _count(evening, moment, tally, at)
    return sums.pop()


def _count(evening: Evening, moment: str, tally: Tally, at: datetime) -> None:
    """Add ``tally`` to what waits; from five on, all that waits is told, under one ledger line."""
    known, _new = Pulse.objects.get_or_create(evening=evening, moment=moment)
    pulse = lock(known)
    pulse.waiting = _added(pulse.waiting, tally)
    people = sum(next(iter(pulse.waiting.values())))
    if people < HIDDEN_AMONG:
        pulse.save(update_fields=["waiting"])
        nothing_changed()  # nothing that may be told
        return
    waiting = {key: dict(zip(SCALE, counts, strict=True)) for key, counts in pulse.waiting.items()}
    pulse.told, pulse.waiting = _added(pulse.told, waiting), {}
    pulse.save(update_fields=["told", "waiting"])
    record(
        by=None,
        at=_the_day(evening, at),
        verb="pulse_counted",
        of=evening,
        territory=evening.territory,
        data={"moment": moment, "people": people},
    )


def _added(kept: Mapping[str, list[int]], more: Tally) -> dict[str, list[int]]:
    none = [0] * len(SCALE)
    return {
        key: [
            old + more.get(key, {}).get(step, 0)
            for step, old in zip(SCALE, kept.get(key, none), strict=True)
        ]
        for key in QUESTIONS
    }


def _the_day(evening: Evening, at: datetime) -> datetime:
    """The evening's day, no finer."""
    day = evening.date or timezone.localdate(at)
    return timezone.make_aware(datetime.combine(day, time()))
