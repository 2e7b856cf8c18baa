"""Forgetting access needs in time."""

from datetime import timedelta

from django_tasks import task

from essor.evenings.actions.access_needs import forget_access_needs
from essor.kit import clock
from essor.kit.recurring import recurring


@recurring(timedelta(hours=6))
@task()
def forget_access_needs_of_past_evenings() -> int:
    return forget_access_needs(by=None, at=clock.now())
