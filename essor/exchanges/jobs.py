"""Recurring: days that are near, introductions that wait; what answers which need is looked at again."""

from datetime import timedelta

from django_tasks import task

from essor.exchanges.actions.introduction_care import (
    ask_what_came,
    end_what_waits,
    remind_sides,
)
from essor.exchanges.actions.reminders import say_day_is_near
from essor.exchanges.reminding import whose_day_is_near
from essor.kit import clock
from essor.kit.recurring import recurring
from essor.territories.models import Territory


@recurring(timedelta(hours=1))
@task()
def follow_introductions() -> int:
    """How many people were reminded, introductions ended, or asked after."""
    at = clock.now()
    ended = end_what_waits(by=None, at=at)
    return ended + remind_sides(by=None, at=at) + ask_what_came(by=None, at=at)


@recurring(timedelta(hours=1))
@task()
def say_days_are_near() -> int:
    """How many promises have their day soon; whoever made them hears at once."""
    at = clock.now()
    return sum(say_day_is_near(commitment=each, by=None, at=at) for each in whose_day_is_near(at))


@recurring(timedelta(minutes=1))
@task()
def suggest_offers() -> int:
    """Make every territory's suggestions true again; how many offers were read."""
    from essor.exchanges.matching.suggesting import suggest_in  # noqa: PLC0415 - numpy is heavy

    return sum(suggest_in(territory).read for territory in Territory.objects.order_by("id"))
