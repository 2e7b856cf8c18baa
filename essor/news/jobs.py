"""The jobs that write digests: often asked, seldom due."""

from datetime import timedelta

from django_tasks import task

from essor.kit import clock
from essor.kit.recurring import recurring
from essor.news.rounds import run_at_once, run_round


@recurring(timedelta(minutes=10))
@task()
def write_digests() -> dict[str, int]:
    """The week's digests where they are due, and what is told at once; how many mails of each."""
    now = clock.now()
    return {"digests": run_round(at=now), "at_once": run_at_once(at=now)}
