"""Reads about commitments: the desk, a project's sums, a person's own."""

from collections import Counter
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from essor.exchanges.models import Commitment
from essor.exchanges.states import DONE, LIVING, State
from essor.people.models import Person
from essor.projects.models import Project
from essor.territories.models import Territory

CALL_WITHIN = timedelta(days=10)
"""A human of the team answers a promise within ten days: that is what the form says."""

FILTERS: dict[str, tuple[Any, Q]] = {
    "to-answer": (_("To answer"), Q(state=State.PROMISED)),
    "under-way": (_("Taken up"), Q(state=State.ACCEPTED)),
    "to-thank": (_("Kept, to thank"), Q(state=State.KEPT)),
    "ended": (
        _("Thanked, released, lapsed"),
        Q(state__in=[State.THANKED, State.RELEASED, State.LAPSED]),
    ),
    "all": (_("All"), Q()),
}


def desk(territory: Territory, *, show: str) -> QuerySet[Commitment]:
    """The host team's list; what waits for an answer comes oldest first."""
    narrow = FILTERS.get(show, FILTERS["all"])[1]
    found = Commitment.objects.filter(narrow, territory=territory)
    order = ("created_at", "id") if show == "to-answer" else ("-created_at", "-id")
    return found.select_related("person", "project", "territory").order_by(*order)


def counts_by_state(**which: Any) -> Counter[str]:
    """How many commitments are in each state, for a project, a person or a territory."""
    rows = Commitment.objects.filter(**which).values_list("state").annotate(Count("id"))
    return Counter(dict(rows.order_by("state")))


def waiting(territory: Territory, at: datetime) -> tuple[int, int]:
    """How many promises wait for an answer, and how many of them for more than ten days."""
    found = Commitment.objects.filter(territory=territory, state=State.PROMISED).aggregate(
        all=Count("id"), late=Count("id", filter=Q(created_at__lt=at - CALL_WITHIN))
    )
    return found["all"], found["late"]


def of_person(person: Person) -> QuerySet[Commitment]:
    return (
        Commitment.objects.filter(person=person)
        .select_related("territory", "project")
        .order_by("-created_at", "-id")
    )


def living_of(person: Person, **which: Any) -> QuerySet[Commitment]:
    """What a person promised and has neither kept nor released yet."""
    return of_person(person).filter(state__in=[*LIVING, *DONE], **which)


def to_help(territory: Territory) -> QuerySet[Project]:
    """Published projects under way, to which a promise may go."""
    return Project.objects.filter(
        territory=territory, published_at__isnull=False, condition=Project.Condition.AWAKE
    ).order_by("title", "id")
