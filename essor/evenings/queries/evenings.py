"""Evenings of a territory: those to come, those that were; the challenges of one."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import F, QuerySet

from essor.challenges.models import Challenge
from essor.evenings.models import Evening
from essor.territories.models import Territory


@dataclass(frozen=True, slots=True)
class Calendar:
    """Evenings in preparation (for the team), to come (soonest first), past (latest first)."""

    drafts: list[Evening]
    coming: list[Evening]
    past: list[Evening]


@dataclass(frozen=True, slots=True)
class WantedChallenge:
    """A challenge of an evening; ``wanted`` is None where too few people chose it to be told."""

    challenge: Challenge
    wanted: int | None


def evenings_seen(territory: Territory, *, by_team: bool) -> QuerySet[Evening]:
    """Every evening of the territory; those in preparation only for its team."""
    evenings = Evening.objects.filter(territory=territory)
    return evenings if by_team else evenings.exclude(state=Evening.State.DRAFT)


def calendar(territory: Territory, *, by_team: bool, today: date) -> Calendar:
    """Every evening in two queries: the evenings, and the counts made at them."""
    evenings = list(
        evenings_seen(territory, by_team=by_team)
        .prefetch_related("head_counts__by")
        .order_by(F("date").desc(nulls_last=True), "-id")
    )
    for each in evenings:
        each.territory = territory
    drafts = [each for each in evenings if each.state == Evening.State.DRAFT]
    announced = [each for each in evenings if each.state != Evening.State.DRAFT]
    coming = [each for each in announced if _is_to_come(each, today)]
    past = [each for each in announced if not _is_to_come(each, today)]
    return Calendar(drafts, list(reversed(coming)), past)


def _is_to_come(evening: Evening, today: date) -> bool:
    """A live evening stays among those to come until it is over, even past midnight."""
    if evening.state == Evening.State.LIVE:
        return True
    return (
        evening.state != Evening.State.OVER and evening.date is not None and evening.date >= today
    )


def challenges_of(
    evening: Evening, wanted: Mapping[int, int], *, at_least: int
) -> list[WantedChallenge]:
    """The challenges by their short name; how many chose each, unless they are too few."""
    return [
        WantedChallenge(challenge, n if (n := wanted.get(challenge.pk, 0)) >= at_least else None)
        for challenge in evening.challenges.order_by("short", "id")
    ]
