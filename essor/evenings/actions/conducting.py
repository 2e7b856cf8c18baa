"""Conducting the evening: phases and their timer, what the big screen shows, a word to the room."""

from datetime import datetime

from essor.evenings.models import Evening, Phase, Table
from essor.evenings.states import EVENING_MOVES, check_move
from essor.evenings.timer import timer_of
from essor.kit.locks import lock
from essor.ledger.actions import Named, action, nothing_changed, record
from essor.people.models import Person


class Overtaken(Exception):
    """Another conductor moved on meanwhile: the page that asked shows something old."""


class NoPhase(Exception):
    """No phase is under way, so there is no timer to stop."""


MOST_MINUTES = 120


@action
def start_phase(
    *, evening: Evening, phase: Phase, seen: str, by: Named | None, at: datetime
) -> Evening:
    """Begin ``phase`` with its full time; the first one puts the evening under way.

    ``seen`` is the phase that the conductor saw under way (its key, blank for none): when somebody
    else moved on meanwhile the act is refused (``Overtaken``), so that two hands do not skip one.
    """
    evening = lock(evening)
    if seen != str(evening.phase_id or ""):
        raise Overtaken
    if evening.state != Evening.State.LIVE:
        check_move(EVENING_MOVES, evening.state, Evening.State.LIVE)
        evening.state = Evening.State.LIVE
    evening.phase, evening.phase_started_at = phase, at
    evening.phase_paused_at, evening.minutes_added = None, 0
    evening.save(
        update_fields=[
            "state",
            "phase",
            "phase_started_at",
            "phase_paused_at",
            "minutes_added",
        ]
    )
    _line("phase_started", evening, by=by, at=at, phase=phase.kind)
    return evening


@action
def pause_phase(*, evening: Evening, by: Named | None, at: datetime) -> Evening:
    """Stop the timer; stopping twice is stopping once. Raises ``NoPhase``."""
    evening = _timed(evening)
    if evening.phase_paused_at is not None:
        nothing_changed()
        return evening
    evening.phase_paused_at = at
    evening.save(update_fields=["phase_paused_at"])
    _line("phase_paused", evening, by=by, at=at)
    return evening


@action
def resume_phase(*, evening: Evening, by: Named | None, at: datetime) -> Evening:
    """Let the timer run on from where it stopped. Raises ``NoPhase``."""
    evening = _timed(evening)
    if evening.phase_paused_at is None or evening.phase_started_at is None:
        nothing_changed()
        return evening
    evening.phase_started_at += at - evening.phase_paused_at
    evening.phase_paused_at = None
    evening.save(update_fields=["phase_started_at", "phase_paused_at"])
    _line("phase_resumed", evening, by=by, at=at)
    return evening


@action
def add_minutes(*, evening: Evening, minutes: int, by: Named | None, at: datetime) -> Evening:
    """Give the phase more time, or less. From a phase that ran over, time counts from now on.

    Raises ``NoPhase``.
    """
    evening = _timed(evening)
    timer = timer_of(evening, at)
    if timer is not None and timer.over and minutes > 0 and evening.phase_started_at:
        evening.phase_started_at -= timer.left
    evening.minutes_added = max(-MOST_MINUTES, min(MOST_MINUTES, evening.minutes_added + minutes))
    evening.save(update_fields=["minutes_added", "phase_started_at"])
    _line("minutes_added", evening, by=by, at=at, minutes=minutes)
    return evening


def _timed(evening: Evening) -> Evening:
    evening = lock(evening)
    if evening.phase_id is None or evening.phase_started_at is None:
        raise NoPhase
    return evening


@action
def show_scene(*, evening: Evening, scene: str, by: Named | None, at: datetime) -> Evening:
    """Choose what the big screen shows."""
    evening = lock(evening)
    if evening.scene == scene:
        nothing_changed()
        return evening
    evening.scene = Evening.Scene(scene)
    evening.save(update_fields=["scene"])
    _line("scene_shown", evening, by=by, at=at, scene=scene)
    return evening


@action
def say(*, evening: Evening, message: str, by: Named | None, at: datetime) -> Evening:
    """A word to the whole room, at the foot of the big screen; blank takes it away."""
    evening = lock(evening)
    message = " ".join(message.split())[:160]
    if evening.message == message:
        nothing_changed()
        return evening
    evening.message = message
    evening.save(update_fields=["message"])
    _line("message_shown" if message else "message_ended", evening, by=by, at=at)
    return evening


@action
def call_table(*, evening: Evening, table: Table | None, by: Named | None, at: datetime) -> Evening:
    """This table tells the hall about its project now, the screen with it; None: nobody does."""
    evening = lock(evening)
    if table is None and evening.pitching is None:
        nothing_changed()
        return evening
    if evening.pitching is not None:
        Table.objects.filter(pk=evening.pitching.pk, pitched_at=None).update(pitched_at=at)
    evening.pitching, evening.pitching_since = table, at if table else None
    evening.scene = Evening.Scene.PITCHES if table else evening.scene
    evening.save(update_fields=["pitching", "pitching_since", "scene"])
    number = table.number if table else None
    _line("pitch_called" if table else "pitches_ended", evening, by=by, at=at, table=number)
    return evening


@action
def take_baton(*, evening: Evening, seen: str, by: Person, at: datetime) -> Evening:
    """``by`` conducts from now on; whoever did is told at once by the live stream.

    ``seen`` is the public id of the conductor that the host saw (blank for none): two hosts who
    take over together do not both believe that they conduct. Raises ``Overtaken``.
    """
    territory, evening = evening.territory, lock(evening)
    evening.territory = territory
    if evening.conductor_id == by.pk:
        nothing_changed()
        return evening
    present = evening.conductor.public_id if evening.conductor else ""
    if present != seen:
        raise Overtaken
    evening.conductor, evening.conducts_since = by, at
    evening.save(update_fields=["conductor", "conducts_since"])
    _line("baton_taken", evening, by=by, at=at)
    return evening


@action
def tell_table(*, table: Table, words: str, by: Named | None, at: datetime) -> Table:
    """A word to one table, on its phones; blank takes it away."""
    evening = table.evening
    table = lock(table)
    table.evening = evening
    words = " ".join(words.split())[:160]
    if table.note == words:
        nothing_changed()
        return table
    table.note = words
    table.save(update_fields=["note"])
    _line("table_told" if words else "table_note_ended", evening, by=by, at=at, table=table.number)
    return table


def _line(verb: str, evening: Evening, *, by: Named | None, at: datetime, **data: object) -> None:
    record(
        by=by,
        at=at,
        verb=verb,
        of=evening,
        territory=evening.territory,
        room=evening.room,
        data=dict(data),
    )
