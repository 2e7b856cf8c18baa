"""The index follows the ledger; what time alone changed is swept once a day."""

from datetime import timedelta

from django_tasks import task

from essor.finding import index
from essor.finding.models import Page
from essor.kit.recurring import recurring


@recurring(timedelta(minutes=1))
@task()
def keep_the_index() -> int:
    """Make the index where there is none, else take in what happened since."""
    return index.catch_up() if Page.objects.exists() else index.rebuild()


@recurring(timedelta(days=1))
@task()
def sweep_the_index() -> int:
    return index.sweep()
