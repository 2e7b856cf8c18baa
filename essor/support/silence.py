"""From when on a silence is long, and which projects are left alone."""

from collections.abc import Collection, Iterator
from datetime import date, datetime, time

from django.db.models import QuerySet
from django.utils import timezone

from essor.exchanges.reminding import rests
from essor.projects.models import Project
from essor.projects.silences import Silence, lives_too
from essor.support.models import CohortPlace, Pause, Reply, Standing

LONG = 0.9
"""Longer than nine of ten others at its stage (``essor.algos.pace.MOST``)."""
PLAIN_DAYS: dict[str, int] = {
    Project.Stage.SHEET: 45,
    Project.Stage.GROUP: 60,
    Project.Stage.OPPORTUNITY: 90,
    Project.Stage.FEASIBILITY: 90,
    Project.Stage.INCUBATION: 90,
    Project.Stage.LANDING: 90,
    Project.Stage.LAUNCHED: 180,
    Project.Stage.TAKEN_OFF: 365,
}
"""The house's measure while fewer than eight projects were at a stage: a guess, and said to be one."""

if set(PLAIN_DAYS) != set(Project.Stage.values):
    raise TypeError("Every stage of the house says from how many days on a silence is long.")


def is_long(silent: Silence) -> bool:
    """Whether this silence is long for its stage: by the others there, else by the plain measure."""
    if silent.share is not None:
        return silent.share >= LONG
    return silent.days >= PLAIN_DAYS[silent.stage.like]


def left_alone(projects: Collection[int], today: date) -> set[int]:
    """Which of these projects rest on that day."""
    living = Pause.objects.filter(project__in=projects, ended_at=None, until__gt=today)
    return set(living.values_list("project_id", flat=True))


def signs(projects: QuerySet[Project]) -> Iterator[tuple[int, datetime]]:
    """What this room knows of a project's life: its answers, its cohorts, the end of its pauses."""
    replies = Reply.objects.filter(recommendation__project__in=projects).order_by("id")
    yield from replies.values_list("recommendation__project_id", "at")
    places = CohortPlace.objects.filter(project__in=projects).order_by("id")
    yield from places.values_list("project_id", "since")
    written = Standing.objects.filter(project__in=projects, saved_at__isnull=False).order_by("id")
    for project, saved in written.values_list("project_id", "saved_at"):
        if saved is not None:
            yield project, saved
    pauses = Pause.objects.filter(project__in=projects).order_by("id")
    for project, until, ended in pauses.values_list("project_id", "until", "ended_at"):
        over = timezone.make_aware(datetime.combine(until, time()))
        yield project, min(over, ended) if ended else over


lives_too(signs)
rests(left_alone)
