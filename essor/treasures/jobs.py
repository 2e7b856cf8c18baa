"""Jobs of the inventory: lists that come in; once a day, keepers asked about what is a year old."""

from collections import defaultdict
from collections.abc import Callable
from datetime import timedelta
from time import monotonic, sleep

import structlog
from django.conf import settings
from django.db.models import Q
from django_tasks import TaskContext, task

from essor.kit import clock
from essor.kit.mail import news_this_week
from essor.kit.recurring import recurring
from essor.treasures.actions.arrivals import (
    Ready,
    begin_arrival,
    bring_some,
    end_arrival,
    fail_arrival,
)
from essor.treasures.actions.nudges import ask_keeper
from essor.treasures.bringing.compare import lines_in
from essor.treasures.models import Arrival, Treasure

log = structlog.get_logger("essor.treasures")
A_STEP = 200
"""Lines kept in one transaction: a tenth of a second in which others wait on SQLite."""
LONGEST_REST = 0.2

A_YEAR = timedelta(days=365)
MOST = 2_000
"""Treasures looked at in one turn; the others wait for tomorrow."""


@task(takes_context=True)
def bring_treasures_in(context: TaskContext, arrival_id: str) -> str:
    """Bring one list in; taken up again after a worker that died."""
    return bring_in(arrival_id, again=context.attempt > 1)


def bring_in(
    arrival_id: str, *, again: bool = False, between: Callable[[float], None] = sleep
) -> str:
    """Bring in what is left of a list; how it ended. Work that is taken twice is done once.

    ``between`` is called after each step with the seconds to rest: as long as the step took, so
    that whoever waits to write comes first.
    """
    found = Arrival.objects.filter(public_id=arrival_id)
    arrival = found.select_related("many__territory", "asked_by").first()
    if arrival is None:
        return "not taken"
    who = arrival.asked_by
    if not begin_arrival(arrival=arrival, by=who, at=clock.now(), again=again):
        return "not taken"
    try:
        _bring(arrival, between)
    except Exception as trouble:  # whatever broke, the team must not wait for ever
        log.exception("treasures not brought in", why=type(trouble).__name__)
        return fail_arrival(arrival=arrival, by=who, at=clock.now()).state
    return end_arrival(arrival=arrival, by=who, at=clock.now()).state


def _bring(arrival: Arrival, between: Callable[[float], None]) -> None:
    lines, start = lines_in(arrival.many), arrival.done
    while start < len(lines):
        some = [Ready(each, each.said.values()) for each in lines[start : start + A_STEP]]
        begun = monotonic()
        if not bring_some(
            arrival=arrival, ready=some, start=start, by=arrival.asked_by, at=clock.now()
        ):
            return
        start += len(some)
        between(min(monotonic() - begun, LONGEST_REST))


@recurring(timedelta(days=1))
@task()
def ask_keepers() -> int:
    """One mail a year to each keeper and territory; how many left. Safe to run twice.

    Whoever had their mails of the week, or wants no news, is not asked; a server that slept for a
    month asks once.
    """
    now, asked = clock.now(), 0
    for treasures in _due(now - A_YEAR):
        keeper = treasures[0].keeper
        assert keeper is not None
        if news_this_week(keeper.email, now) >= settings.MAIL_BUDGET_PER_WEEK:
            continue
        asked += bool(ask_keeper(person=keeper, treasures=treasures, by=None, at=now))
    return asked


def _due(before: object) -> list[list[Treasure]]:
    """What nobody confirmed, and nobody was asked about, since ``before``: by keeper and territory."""
    old = Treasure.objects.filter(
        Q(confirmed_at=None) | Q(confirmed_at__lt=before),
        Q(asked_at=None) | Q(asked_at__lt=before),
        state=Treasure.State.SHOWN,
        created_at__lt=before,
        keeper__erased_at=None,
        keeper__no_news=False,
    ).exclude(keeper__email="")
    found = old.select_related("keeper", "territory").order_by("keeper", "territory", "id")[:MOST]
    by_keeper: dict[tuple[int | None, int], list[Treasure]] = defaultdict(list)
    for treasure in found:
        by_keeper[treasure.keeper_id, treasure.territory_id].append(treasure)
    return list(by_keeper.values())
