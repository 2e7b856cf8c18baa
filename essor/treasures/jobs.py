"""Jobs of the inventory: once a day, ask keepers about what nobody confirmed for a year."""

from collections import defaultdict
from datetime import timedelta

from django.conf import settings
from django.db.models import Q
from django_tasks import task

from essor.kit import clock
from essor.kit.mail import news_this_week
from essor.kit.recurring import recurring
from essor.treasures.actions.nudges import ask_keeper
from essor.treasures.models import Treasure

A_YEAR = timedelta(days=365)
MOST = 2_000
"""Treasures looked at in one turn; the others wait for tomorrow."""


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
