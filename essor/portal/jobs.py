"""What the portal keeps true by itself."""

from datetime import timedelta

from django_tasks import task

from essor.kit import clock
from essor.kit.recurring import recurring
from essor.portal.actions import list_solutions


@recurring(timedelta(days=1))
@task()
def list_lacking_solutions() -> int:
    """How many solutions came to a house whose territories were listed by an older version."""
    return list_solutions(by=None, at=clock.now())
