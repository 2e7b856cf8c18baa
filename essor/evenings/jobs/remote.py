"""Telling people at a distance where their table meets, and once more before the evening."""

from datetime import timedelta

from django_tasks import task

from essor.evenings.letters import post_video, post_video_reminder
from essor.evenings.models import Evening
from essor.evenings.queries.remote import videos_by_registration
from essor.evenings.rules import BEFORE
from essor.kit import clock
from essor.kit.recurring import recurring

A_FEW_HOURS = timedelta(hours=4)


@task()
def tell_remote_people(evening_id: int) -> int:
    """Write to everybody at a distance whose table or link is new; returns how many were asked.

    Run again it writes nothing twice: a letter's key names the table and its link.
    """
    evening = Evening.objects.select_related("territory").filter(pk=evening_id).first()
    if evening is None or evening.territory.rehearsal:
        return 0
    told = 0
    for registration, videos in videos_by_registration(evening):
        post_video(registration, videos, at=clock.now())
        told += 1
    return told


@recurring(timedelta(minutes=30))
@task()
def remind_remote_people() -> int:
    """Write once more to people at a distance whose evening begins in a few hours; once each."""
    at, asked = clock.now(), 0
    soon = Evening.objects.filter(
        state__in=[*BEFORE, Evening.State.LIVE],
        starts_at__gt=at,
        starts_at__lte=at + A_FEW_HOURS,
        territory__rehearsal=False,
    )
    for evening in soon.select_related("territory").order_by("id"):
        for registration, _videos in videos_by_registration(evening):
            if registration.arrived_at is None:
                post_video_reminder(registration, at=at)
                asked += 1
    return asked
