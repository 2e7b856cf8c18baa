"""Recurring: promises that wait come back to whoever follows them up."""

from datetime import timedelta

from django_tasks import task

from essor.exchanges.actions.reminders import remind
from essor.kit import clock
from essor.kit.recurring import recurring


@recurring(timedelta(hours=1))
@task()
def remind_of_promises() -> int:
    """How many mails were written."""
    return remind(by=None, at=clock.now())
