"""What the portal's pages read, in a fixed number of queries."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import Case, Count, OuterRef, QuerySet, Subquery, Value, When
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
from essor.kit.small_numbers import PUBLIC
from essor.projects.models import Project
from essor.projects.queries import leaders_wanted
from essor.projects.stage_rail import tell_stages
from essor.projects.stages import way_of
from essor.territories.models import Territory
from essor.treasures.queries.inventory import shown_in

COMING = (Evening.State.OPEN, Evening.State.CLOSED, Evening.State.LIVE)
SHOWN, SEEKING, MOST_WANTED = 6, 3, 30


def home_of(territory: Territory, at: datetime) -> dict[str, Any]:
    """Everything on a territory's home page: the next evening, challenges, projects, treasures.

    Numbers of people are those that the evening's own page shows: nothing below ten.
    """
    evening = coming_evening(territory)
    coming = attendance(evening, at) if evening else None
    projects = projects_of(territory)
    seeking = list(leaders_wanted(territory).prefetch_related(None)[:SEEKING])
    tell_stages([*projects, *seeking], way_of(territory))
    return {
        "evening": evening,
        "who": who_comes(evening, coming, PUBLIC) if evening and coming else None,
        "harvest": open_harvest(territory),
        "registration_open": evening is not None and registration_open(evening, at),
        "challenges": challenges_of(territory, evening, coming.wanted if coming else {}),
        "projects": projects,
        "leaders_wanted": seeking,
        "past_evenings": list(
            Evening.objects.filter(territory=territory, state=Evening.State.OVER)[:4]
        ),
        "treasures": list(shown_in(territory).order_by("-changed_at", "-id")[:SHOWN]),
        "told": latest_told(territory),
        **totals_of(territory),
    }


def latest_told(territory: Territory) -> Told | None:
    """The last idea that became a project, else the last that fed a challenge: two queries."""
    lived = public_fates(territory).filter(kind__in=(Fate.Kind.PROJECT, Fate.Kind.CHALLENGE))
    fates = lived.select_related("idea__source", "idea__harvest").order_by("-kind", "-decided_at")
    return next((each for each in told_of(fates[:1]) if each.target), None)


def totals_of(territory: Territory) -> dict[str, int]:
    """How many ideas, challenges, projects and commitments everybody may see, in one query."""
    ideas = public_fates(territory)
    challenges = Challenge.objects.filter(territory=OuterRef("pk")).exclude(
        state=Challenge.State.DRAFT
    )
    projects = Project.objects.filter(territory=OuterRef("pk"), published_at__isnull=False)
    promises = Commitment.objects.filter(territory=OuterRef("pk"))
    counted: dict[str, Any] = dict(
        Territory.objects.filter(pk=territory.pk)
        .values(
            idea_count=_number(ideas),
            challenge_count=_number(challenges),
            project_count=_number(projects),
            commitment_count=_number(promises.exclude(state=Commitment.State.RELEASED)),
        )
        .get()
        .items()
    )
    return counted


def _number(rows: QuerySet[Any]) -> Coalesce:
    """How many ``rows`` there are, as a subquery."""
    counted = rows.order_by().annotate(one=Value(1)).values("one").annotate(n=Count("pk"))
    return Coalesce(Subquery(counted.values("n")), 0)


def coming_evening(territory: Territory) -> Evening | None:
    """The next evening to come, with ``challenge_count``."""
    return (
        Evening.objects.filter(territory=territory, state__in=COMING)
        .annotate(challenge_count=Count("challenges"))
        .order_by("date", "id")
        .first()
    )


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
    return list(
        Project.objects.filter(territory=territory, published_at__isnull=False)
        .prefetch_related("themes")
        .order_by("invented", "-published_at", "-year", "id")[:SHOWN]
    )
