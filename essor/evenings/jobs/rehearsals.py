"""Playing rehearsals in small steps, and throwing away those that are over."""

from datetime import timedelta

import structlog
from django.db.models import Q
from django_tasks import task

from essor.algos.seating import solve
from essor.evenings.actions.rehearsals import play_on, remove_rehearsal, seat_stage
from essor.evenings.models import Rehearsal
from essor.evenings.planning.problem import problem_of
from essor.kit import clock
from essor.kit.recurring import recurring

log = structlog.get_logger("essor.rehearsal")
STEP = timedelta(seconds=3)
SEATING_STEPS = 20_000
KEPT = timedelta(hours=24)
"""How long a rehearsal that is over may still be looked at."""


@task()
def play_rehearsal(rehearsal_id: str) -> bool:
    """One step, and the next one soon: between two steps the worker does other work."""
    going = play(rehearsal_id)
    if going:
        play_rehearsal.using(run_after=clock.now() + STEP).enqueue(rehearsal_id)
    return going


def play(rehearsal_id: str) -> bool:
    """Bring one rehearsal up to now; whether it goes on."""
    rehearsal = (
        Rehearsal.objects.select_related("practice__territory", "started_by")
        .filter(public_id=rehearsal_id, state=Rehearsal.State.PLAYING)
        .first()
    )
    if rehearsal is None:
        return False
    by, practice = rehearsal.started_by, rehearsal.practice
    if not practice.tables.exists():
        outcome = solve(problem_of(practice), seed=1, steps=SEATING_STEPS)
        if outcome.plan is None:
            log.error("rehearsal not seated", why=[r.code for r in outcome.refusals])
            return False
        document = outcome.plan.to_dict()
        seat_stage(rehearsal=rehearsal, document=document, by=by, at=clock.now())
    return play_on(rehearsal=rehearsal, by=by, at=clock.now())


@recurring(timedelta(minutes=1))
@task()
def look_after_rehearsals() -> int:
    """Take up what stands still (its worker died), throw away what is over since a day."""
    at = clock.now()
    playing = Rehearsal.objects.filter(state=Rehearsal.State.PLAYING)
    still = [each for each in playing if each.silent_at(at)]
    for each in still:
        play_rehearsal.enqueue(each.public_id)
    old = Rehearsal.objects.filter(Q(ended_at__lt=at - KEPT) | Q(started_at__lt=at - 2 * KEPT))
    for each in old.select_related("stage", "evening__territory"):
        remove_rehearsal(rehearsal=each, by=None, at=at)
    return len(still)
