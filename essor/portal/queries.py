"""What the portal's pages read, in a fixed number of queries."""

from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.models import (
    Case,
    Count,
    OuterRef,
    QuerySet,
    Subquery,
    Value,
    When,
    prefetch_related_objects,
)
from django.db.models.functions import Coalesce

from essor.challenges.models import Challenge
from essor.evenings.missing import who_comes
from essor.evenings.models import Evening
from essor.evenings.queries.attendance import attendance
from essor.evenings.queries.evenings import WantedChallenge
from essor.evenings.rules import registration_open
from essor.exchanges.models import Commitment
from essor.harvest.models import Fate
from essor.harvest.queries.fates import Told, public_fates, told_of
from essor.harvest.queries.harvests import open_harvest
from essor.kit.prepared import Columns, Prepared
from essor.kit.small_numbers import PUBLIC
from essor.projects.models import Project
from essor.projects.queries import leaders_wanted
from essor.projects.stage_rail import tell_stages
from essor.projects.stages import way_of
from essor.territories.models import Territory
from essor.treasures.queries.inventory import shown_in

COMING = (Evening.State.OPEN, Evening.State.CLOSED, Evening.State.LIVE)
SHOWN, SEEKING, PAST, MOST_WANTED = 3, 3, 3, 30
TOTALS = ("idea_count", "challenge_count", "project_count", "commitment_count")
_seeking = Prepared(
    lambda key: leaders_wanted(Territory(pk=key)).prefetch_related(None)[:SEEKING], int
)
_past = Prepared(
    lambda key: Evening.objects.filter(territory_id=key, state=Evening.State.OVER)[:PAST], int
)
_treasures = Prepared(
    lambda key: shown_in(Territory(pk=key)).order_by("-changed_at", "-id")[:SHOWN], int
)
_lived = Prepared(
    lambda key: (
        public_fates(Territory(pk=key))
        .filter(kind__in=(Fate.Kind.PROJECT, Fate.Kind.CHALLENGE))
        .select_related("idea__source", "idea__harvest")
        .order_by("-kind", "-decided_at")[:1]
    ),
    int,
)
_coming = Prepared(
    lambda key: (
        Evening.objects.filter(territory_id=key, state__in=COMING)
        .annotate(challenge_count=Count("challenges"))
        .order_by("date", "id")[:1]
    ),
    int,
)
_projects = Prepared(
    lambda key: (
        Project.objects.filter(territory_id=key, published_at__isnull=False)
        .order_by("invented", "-published_at", "-year", "id")[:SHOWN]
    ),
    int,
)  # fmt: skip


def home_of(territory: Territory, at: datetime) -> dict[str, Any]:
    """Everything on a territory's home page: the next evening, challenges, projects, treasures.

    Numbers of people are those that the evening's own page shows: nothing below ten.
    """
    evening = coming_evening(territory)
    coming = attendance(evening, at) if evening else None
    projects = projects_of(territory)
    seeking = _seeking.all(territory.pk)
    tell_stages([*projects, *seeking], way_of(territory))
    return {
        "evening": evening,
        "who": who_comes(evening, coming, PUBLIC) if evening and coming else None,
        "harvest": open_harvest(territory),
        "registration_open": evening is not None and registration_open(evening, at),
        "challenges": challenges_of(territory, evening, coming.wanted if coming else {}),
        "projects": projects,
        "leaders_wanted": seeking,
        "past_evenings": _past.all(territory.pk),
        "treasures": _treasures.all(territory.pk),
        "told": latest_told(territory),
        **totals_of(territory),
    }


def latest_told(territory: Territory) -> Told | None:
    """The last idea that became a project, else the last that fed a challenge: two queries."""
    return next((each for each in told_of(_lived.all(territory.pk)) if each.target), None)


def totals_of(territory: Territory) -> dict[str, int]:
    """How many ideas, challenges, projects and commitments everybody may see, in one query."""
    [counts] = _totals(connection.vendor, territory.pk).rows()
    return dict(zip(TOTALS, counts, strict=True))


@lru_cache(maxsize=300)
def _totals(vendor: str, territory: int) -> Columns:
    ideas = public_fates(Territory(pk=territory))
    challenges = Challenge.objects.filter(territory=OuterRef("pk")).exclude(
        state=Challenge.State.DRAFT
    )
    projects = Project.objects.filter(territory=OuterRef("pk"), published_at__isnull=False)
    promises = Commitment.objects.filter(territory=OuterRef("pk"))
    promises = promises.exclude(state=Commitment.State.RELEASED)
    counted = (_number(each) for each in (ideas, challenges, projects, promises))
    told = Territory.objects.filter(pk=territory).order_by().annotate(
        **dict(zip(TOTALS, counted, strict=True))
    )  # fmt: skip
    return Columns(told.values_list(*TOTALS))


def _number(rows: QuerySet[Any]) -> Coalesce:
    """How many ``rows`` there are, as a subquery."""
    counted = rows.order_by().annotate(one=Value(1)).values("one").annotate(n=Count("pk"))
    return Coalesce(Subquery(counted.values("n")), 0)


def coming_evening(territory: Territory) -> Evening | None:
    """The next evening to come, with ``challenge_count``."""
    return _coming.first(territory.pk)


def challenges_of(
    territory: Territory, evening: Evening | None, wanted: Mapping[int, int]
) -> list[WantedChallenge]:
    """The coming evening's most wanted challenges, else the territory's latest."""
    chosen = Challenge.objects.filter(territory=territory).exclude(state=Challenge.State.DRAFT)
    if evening:
        chosen = chosen.filter(evenings=evening)
    first = sorted(wanted.items(), key=lambda each: -each[1])[:MOST_WANTED]
    by_wish = Case(*[When(pk=pk, then=-people) for pk, people in first], default=0)
    usual = Challenge._meta.ordering or ["id"]
    found = chosen.prefetch_related("themes").order_by(*([by_wish] if first else []), *usual)
    return [
        WantedChallenge(each, n if (n := wanted.get(each.pk, 0)) >= PUBLIC else None)
        for each in found[:SHOWN]
    ]


def projects_of(territory: Territory) -> list[Project]:
    projects = _projects.all(territory.pk)
    prefetch_related_objects(projects, "themes")
    return projects
