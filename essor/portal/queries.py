"""What the portal's pages read, in a fixed number of queries."""

from typing import Any

from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from essor.challenges.models import Challenge
from essor.evenings.models import Evening, Registration
from essor.exchanges.models import Commitment
from essor.kit.pieces import Count as SphereCount
from essor.people.models import Sphere
from essor.projects.models import Project
from essor.territories.models import Territory
from essor.treasures.models import Treasure

COMING = (Evening.State.OPEN, Evening.State.CLOSED, Evening.State.LIVE)
SHOWN = 6


def home_of(territory: Territory) -> dict[str, Any]:
    """Everything on a territory's home page: the next evening, challenges, projects, treasures."""
    evening = next_evening(territory)
    projects = Project.objects.filter(territory=territory, published_at__isnull=False)
    totals = projects.aggregate(
        project_count=Count("pk"), born=Count("pk", filter=Q(sut_link=Project.SutLink.BORN))
    )
    return {
        "evening": evening,
        "counts": counts_of(territory, evening) if evening else [],
        "registration_url": "",
        "challenges": challenges_of(territory, evening),
        "projects": projects_of(territory),
        "past_evenings": list(
            Evening.objects.filter(territory=territory, state=Evening.State.OVER)[:4]
        ),
        "treasures": list(Treasure.objects.filter(territory=territory)[:SHOWN]),
        **totals,
        "commitment_count": Commitment.objects.filter(territory=territory)
        .exclude(state=Commitment.State.RELEASED)
        .count(),
    }


def next_evening(territory: Territory) -> Evening | None:
    """The coming evening with ``registered`` and ``challenge_count``, each counted apart: joined
    in one query they would multiply.
    """
    registered = (
        Registration.objects.filter(evening=OuterRef("pk"), state=Registration.State.REGISTERED)
        .order_by()
        .values("evening")
        .annotate(people=Count("pk"))
        .values("people")
    )
    worded = (
        Challenge.objects.filter(evenings=OuterRef("pk"))
        .order_by()
        .values("evenings")
        .annotate(challenges=Count("pk"))
        .values("challenges")
    )
    return (
        Evening.objects.filter(territory=territory, state__in=COMING)
        .annotate(
            registered=Coalesce(Subquery(registered), 0),
            challenge_count=Coalesce(Subquery(worded), 0),
        )
        .order_by("date", "id")
        .first()
    )


def counts_of(territory: Territory, evening: Evening) -> list[SphereCount]:
    """How many registered people name each sphere, beside the territory's hoped-for share."""
    coming = Q(
        person__registrations__evening=evening,
        person__registrations__state=Registration.State.REGISTERED,
    )
    spheres = list(
        Sphere.objects.annotate(people=Count("person", filter=coming)).order_by("order", "id")
    )
    total = sum(sphere.people for sphere in spheres)
    targets = dict(territory.sphere_targets.values_list("sphere_id", "percent"))
    return [
        SphereCount(
            sphere=sphere,
            people=sphere.people,
            hoped=round(total * targets[sphere.pk] / 100) if sphere.pk in targets else None,
        )
        for sphere in spheres
    ]


def challenges_of(territory: Territory, evening: Evening | None) -> list[Challenge]:
    """The coming evening's most wanted challenges, else the territory's latest."""
    chosen = Challenge.objects.filter(territory=territory).exclude(state=Challenge.State.DRAFT)
    if evening:
        chosen = chosen.filter(evenings=evening)
    counted = Q(choices__registration__state=Registration.State.REGISTERED)
    return list(
        chosen.annotate(wanted=Count("choices", filter=counted, distinct=True))
        .prefetch_related("themes")
        .order_by("-wanted", "-created_at", "id")[:SHOWN]
    )


def projects_of(territory: Territory) -> list[Project]:
    return list(
        Project.objects.filter(territory=territory, published_at__isnull=False)
        .prefetch_related("themes")
        .order_by("invented", "-published_at", "-year", "id")[:SHOWN]
    )
