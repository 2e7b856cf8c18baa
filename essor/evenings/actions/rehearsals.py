"""Rehearsing an evening: starting, playing on step by step, stopping, throwing away."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import translation

from essor.evenings.actions.conducting import show_scene, start_phase
from essor.evenings.actions.evening import move_evening
from essor.evenings.actions.plans import keep_plan
from essor.evenings.actions.publication import publish_plan
from essor.evenings.models import Evening, Phase, Registration, Rehearsal
from essor.evenings.rehearsing.acts import ACTS, SCENES, Moment, arrive
from essor.evenings.rehearsing.stage import build_evening, build_stage
from essor.evenings.timer import length_of, timer_of
from essor.kit.locks import lock
from essor.kit.mail import silence
from essor.ledger.actions import action, forget_place, nothing_changed, record
from essor.people.models import Person
from essor.projects.models import SheetPhoto

LONGEST = timedelta(hours=2)
"""A rehearsal that somebody conducts by hand ends by itself after so long."""
MINUTES = (5, 10, 20)


class AlreadyRehearsing(Exception):
    """One rehearsal of this evening is being played; ``rehearsal`` is it."""

    def __init__(self, rehearsal: Rehearsal) -> None:
        super().__init__(rehearsal.public_id)
        self.rehearsal = rehearsal


@action
def start_rehearsal(
    *, evening: Evening, minutes: int, yours: int, by: Person, at: datetime
) -> Rehearsal:
    """Set the stage for ``evening`` with invented people; the worker then plays it.

    ``yours`` tables are left to the team. Raises ``AlreadyRehearsing``.
    """
    territory, evening = evening.territory, lock(evening)
    evening.territory = territory
    playing = Rehearsal.objects.filter(evening=evening, state=Rehearsal.State.PLAYING).first()
    if playing is not None:
        raise AlreadyRehearsing(playing)
    stage = build_stage(evening, at)
    practice = build_evening(evening, stage, minutes, at)
    rehearsal = Rehearsal.objects.create(
        evening=evening, stage=stage, practice=practice, minutes=minutes, yours=yours,
        started_by=by, started_at=at, beat_at=at,
    )  # fmt: skip
    record(by=by, at=at, verb="rehearsal_started", of=rehearsal, territory=territory,
           data={"minutes": minutes})  # fmt: skip
    return rehearsal


@action
def play_on(*, rehearsal: Rehearsal, by: Person | None, at: datetime) -> bool:
    """Bring the rehearsal to where it should be at ``at``; False once it is over.

    Safe to call late, twice or from two workers: the rehearsal is locked, and every act only fills
    up what is missing. Phases move on by themselves as long as nobody of the team conducts.
    """
    rehearsal = lock(rehearsal)
    if rehearsal.state != Rehearsal.State.PLAYING:
        nothing_changed()
        return False
    practice = Evening.objects.select_related("territory", "phase").get(pk=rehearsal.practice_id)
    with translation.override(practice.territory.language), silence():
        going = _play(rehearsal, practice, by, at)
    rehearsal.beat_at = at
    if not going:
        rehearsal.state, rehearsal.ended_at = Rehearsal.State.ENDED, at
        record(by=by, at=at, verb="rehearsal_ended", of=rehearsal,
               territory=practice.territory)  # fmt: skip
    rehearsal.save(update_fields=["beat_at", "state", "ended_at"])
    nothing_changed()
    return going


def _play(rehearsal: Rehearsal, practice: Evening, by: Person | None, at: datetime) -> bool:
    too_long = at - rehearsal.started_at > LONGEST
    if practice.state == Evening.State.OVER or too_long:
        return False
    if practice.conductor_id is None and not _move_on(practice, by, at):
        move_evening(evening=practice, to=Evening.State.OVER, by=by, at=at)
        return False
    practice.refresh_from_db()
    if practice.phase is None:
        return True
    timer = timer_of(practice, at)
    whole = length_of(practice).total_seconds() or 60
    share = 1.0 if timer is None or timer.over else 1 - timer.left.total_seconds() / whole
    now = Moment(rehearsal, practice, max(0.0, min(1.0, share)), by, at)
    if practice.phase.kind != Phase.Kind.WELCOME:
        arrive(Moment(rehearsal, practice, 1.0, by, at))
    act = ACTS.get(practice.phase.kind)
    if act is not None:
        act(now)
    return True


def _move_on(practice: Evening, by: Person | None, at: datetime) -> bool:
    """Begin the next phase once the present one is over; False after the last one."""
    timer = timer_of(practice, at)
    if timer is not None and not timer.over:
        return True
    order = practice.phase.order if practice.phase else 0
    following = practice.phases.filter(order__gt=order).order_by("order").first()
    if following is None:
        return False
    seen = str(practice.phase_id or "")
    start_phase(evening=practice, phase=following, seen=seen, by=by, at=at)
    scene = SCENES.get(following.kind, Evening.Scene.TIMER)
    show_scene(evening=practice, scene=scene, by=by, at=at)
    return True


@action
def seat_stage(
    *, rehearsal: Rehearsal, document: Mapping[str, Any], by: Person | None, at: datetime
) -> Evening:
    """Publish the plan of tables that was computed for the stage; seated once."""
    rehearsal = lock(rehearsal)
    practice = Evening.objects.select_related("territory").get(pk=rehearsal.practice_id)
    if practice.tables.exists():
        nothing_changed()
        return practice
    plan = keep_plan(evening=practice, document=document, change={"code": "computed"}, by=by, at=at)
    who = by or practice.registrations.select_related("person")[0].person
    publish_plan(plan=plan, seen="", by=who, at=at)
    return practice


@action
def stop_rehearsal(*, rehearsal: Rehearsal, by: Person, at: datetime) -> Rehearsal:
    """The invented people stop where they are; what they made can still be looked at."""
    rehearsal = lock(rehearsal)
    if rehearsal.state != Rehearsal.State.PLAYING:
        nothing_changed()
        return rehearsal
    rehearsal.state, rehearsal.ended_at = Rehearsal.State.STOPPED, at
    rehearsal.save(update_fields=["state", "ended_at"])
    record(by=by, at=at, verb="rehearsal_stopped", of=rehearsal,
           territory=rehearsal.evening.territory)  # fmt: skip
    return rehearsal


@action
def remove_rehearsal(*, rehearsal: Rehearsal, by: Person | None, at: datetime) -> None:
    """Throw a rehearsal away with all that happened there: people, projects, promises, lines.

    Somebody of flesh and blood who is known elsewhere stays; who was only ever here goes too.
    """
    rehearsal = lock(rehearsal)
    stage, territory = rehearsal.stage, rehearsal.evening.territory
    record(by=by, at=at, verb="rehearsal_removed", of=rehearsal, territory=territory)
    people = list(_only_here(rehearsal))
    forget_place(territory=stage)
    photos = SheetPhoto.objects.filter(sheet__project__territory=stage)
    files = list(photos.values_list("file", flat=True))
    stage.delete()
    Person.objects.filter(pk__in=people).delete()
    transaction.on_commit(partial(_delete_files, files))


def _delete_files(files: list[str]) -> None:
    for file in files:
        default_storage.delete(file)


def _only_here(rehearsal: Rehearsal) -> list[int]:
    """People without an account who came into being during this rehearsal and are nowhere else."""
    here = Person.objects.filter(
        account=None, roles=None, created_at__gte=rehearsal.started_at, erased_at=None
    )
    registered = here.filter(registrations__evening=rehearsal.practice_id)
    promised = here.filter(commitments__territory=rehearsal.stage_id)
    found = set(registered.values_list("pk", flat=True))
    found |= set(promised.values_list("pk", flat=True))
    elsewhere = Registration.objects.filter(person__in=found).exclude(evening=rehearsal.practice_id)
    return sorted(found - set(elsewhere.values_list("person_id", flat=True)))
