"""Saying once a day which evenings are near."""

from datetime import timedelta

from django_tasks import task

from essor.evenings.actions.near import say_evening_is_near, whose_day_is_near
from essor.kit import clock
from essor.kit.recurring import recurring


@recurring(timedelta(days=1))
@task()
def say_evenings_are_near() -> int:
    """How many were said to be near now."""
    at = clock.now()
    return sum(say_evening_is_near(evening=each, by=None, at=at) for each in whose_day_is_near(at))
