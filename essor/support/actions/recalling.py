"""Remembering that a digest recalled what a project has not answered; telling of a cohort's days."""

from collections.abc import Collection
from datetime import date, datetime, timedelta

from django.utils import timezone

from essor.kit.locks import lock, lock_all
from essor.ledger.actions import Named, action, nothing_changed, record
from essor.ledger.models import Audience
from essor.news.timing import due_day, next_step
from essor.support.models import Cohort, Recommendation, Standing
from essor.support.states import Answer

STEPS = (7, 21, 60)
"""Days after which what has no answer is recalled; each once. Then only the hosts' desk says it."""
TAKEOFF_NEAR = timedelta(days=7)
STILL_NEWS = timedelta(days=30)
"""An opening or an end that the server slept over for longer is no news."""


def asked_at(waits: Recommendation | Standing) -> datetime:
    return waits.created_at if isinstance(waits, Recommendation) else waits.asked_at


def step_due(waits: Recommendation | Standing, today: date) -> int:
    """The step that has come and was not recalled yet; 0 for none."""
    passed = (today - timezone.localtime(asked_at(waits)).date()).days
    return next_step(STEPS, passed=passed, told=waits.reminded)


@action
def remember_asked(*, keys: Collection[str], by: Named | None, at: datetime) -> int:
    """A digest recalled these (``advice:…``, ``play:…``) to whoever leads; how many steps.

    Each step is remembered once, whoever hears of it; what was answered meanwhile is left alone.
    """
    today, steps = timezone.localtime(at).date(), 0
    ids = [key.partition(":")[2] for key in keys]
    advice = Recommendation.objects.filter(public_id__in=ids, answer=Answer.NONE)
    play = Standing.objects.filter(public_id__in=ids, handed_in_at=None)
    locked: list[Recommendation | Standing] = [
        *lock_all(*advice.order_by("id")), *lock_all(*play.order_by("id")),
    ]  # fmt: skip
    for each in locked:
        step = step_due(each, today)
        if not step:
            continue
        each.reminded, each.reminded_in = step, due_day(at)
        each.save(update_fields=["reminded", "reminded_in"])
        record(
            by=by, at=at, verb="answer_recalled", of=each, territory=each.project.territory,
            audience=Audience.TEAM, part_of=each.project, data={"days": step},
        )  # fmt: skip
        steps += 1
    if not steps:
        nothing_changed()
    return steps


@action
def tell_days(*, cohort: Cohort, by: Named | None, at: datetime) -> int:
    """Its opening, its take-off evening a week before, its end: one line each, once.

    What passed long ago while the server slept is not told any more.
    """
    cohort = lock(cohort)
    today, told = timezone.localtime(at).date(), []
    if not cohort.opening_told and cohort.starts_on <= today:
        cohort.opening_told = True
        told += ["cohort_opened"] if today < cohort.starts_on + STILL_NEWS else []
    evening = cohort.takeoff_on
    near = evening is not None and today <= evening <= today + TAKEOFF_NEAR
    if near and cohort.takeoff_told != evening:
        cohort.takeoff_told = evening
        told.append("takeoff_near")
    if not cohort.end_told and cohort.ends_on < today:
        cohort.end_told = True
        told += ["cohort_ended"] if today < cohort.ends_on + STILL_NEWS else []
    if not told:
        nothing_changed()
    cohort.save(update_fields=["opening_told", "takeoff_told", "end_told"])
    for verb in told:
        record(
            by=by, at=at, verb=verb, of=cohort, territory=cohort.territory,
            audience=Audience.PUBLIC,
        )  # fmt: skip
    return len(told)
