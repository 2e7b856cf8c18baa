"""Votes close by themselves when their time is over."""

from datetime import timedelta

from django_tasks import task

from essor.choosing.actions import close_vote
from essor.choosing.models import Vote
from essor.kit import clock
from essor.kit.recurring import recurring


@recurring(timedelta(minutes=1))
@task()
def close_votes() -> int:
    """Count and close every vote whose time is over; answers to how many."""
    now = clock.now()
    due = Vote.objects.filter(state=Vote.State.OPEN, closes_at__lte=now).select_related("territory")
    return sum(
        close_vote(vote=vote, by=None, at=now).state == Vote.State.CLOSED
        for vote in due.order_by("id")
    )
