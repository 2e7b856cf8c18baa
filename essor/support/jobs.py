"""Recurring: what takes long to find is found here, so that the desk of today opens at once."""

from datetime import timedelta

from django_tasks import task

from essor.kit import clock
from essor.kit.recurring import recurring
from essor.support.actions.following import look_after
from essor.support.actions.members import remind_members
from essor.territories.models import Territory


@recurring(timedelta(hours=3))
@task()
def look_after_projects() -> int:
    """How many findings changed, over all territories that are run here."""
    here = Territory.objects.filter(run_here=True).order_by("id")
    return sum(look_after(territory=each, by=None, at=clock.now()) for each in here)


@recurring(timedelta(hours=1))
@task()
def remind_committees() -> int:
    """How many members were reminded of a hearing that is near."""
    return remind_members(by=None, at=clock.now())
