"""The index follows the ledger; what time alone changed is looked for every hour."""

from datetime import timedelta

from django_tasks import task

from essor.finding import index
from essor.finding.rebuilding import rebuild_some
from essor.kit.recurring import recurring

A_TURN = 3_000
"""About so many things are read in a turn while the index is made again; then others work."""


@recurring(timedelta(seconds=20))
@task()
def keep_the_index() -> int:
    """Make the index where there is none, a part at a time, else take in what happened since."""
    if index.stands():
        return index.catch_up()
    if not rebuild_some(A_TURN):
        keep_the_index.enqueue()
    return 0


@recurring(timedelta(hours=1))
@task()
def check_the_index() -> int:
    """What changed without a line of the ledger comes in or leaves."""
    return index.check() if index.stands() else 0
