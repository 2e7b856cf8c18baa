"""Recurring: what takes long to find is found here, so that the desk of today opens at once."""

from datetime import timedelta

from django.utils import timezone
from django_tasks import task

from essor.exchanges.reminding import FROM_HOUR
from essor.kit import clock
from essor.kit.recurring import recurring
from essor.projects.network_pace import Network
from essor.support.actions.following import look_after
from essor.support.actions.members import remind_members
from essor.support.actions.pledges import NEAR, is_over, lapse_pledge, say_pledge_is_near
from essor.support.actions.recalling import tell_days
from essor.support.models import Cohort
from essor.support.queries.private_rooms import living_pledges
from essor.territories.models import Territory


@recurring(timedelta(hours=3))
@task()
def look_after_projects() -> int:
    """How many findings changed, over all territories that are run here."""
    here = Territory.objects.filter(run_here=True).order_by("id")
    at = clock.now()
    network = Network(at)
    return sum(look_after(territory=each, by=None, at=at, network=network) for each in here)


@recurring(timedelta(hours=1))
@task()
def remind_committees() -> int:
    """How many members were reminded of a hearing that is near."""
    return remind_members(by=None, at=clock.now())


@recurring(timedelta(hours=1))
@task()
def follow_pledges() -> int:
    """How many pledges lapsed, or came near to their day; nothing before ``FROM_HOUR``."""
    at = clock.now()
    here = timezone.localtime(at)
    if here.hour < FROM_HOUR:
        return 0
    done = 0
    for pledge in living_pledges(commitment__until__lte=here.date() + NEAR):
        if is_over(pledge.commitment, here.date()):
            done += lapse_pledge(pledge=pledge, by=None, at=at)
        else:
            done += say_pledge_is_near(pledge=pledge, by=None, at=at)
    return done


@recurring(timedelta(hours=6))
@task()
def tell_days_of_cohorts() -> int:
    """How many openings, take-off evenings and ends were told."""
    at = clock.now()
    open_ends = Cohort.objects.filter(end_told=False, territory__rehearsal=False)
    found = open_ends.select_related("territory").order_by("id")
    return sum(tell_days(cohort=each, by=None, at=at) for each in found)
