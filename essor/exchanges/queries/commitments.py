"""Reads about commitments: the desk, a project's sums, a person's own."""

from collections import Counter
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from essor.exchanges.models import Commitment
from essor.exchanges.queries.calls import waits_for_call
from essor.exchanges.reminding import STEPS
from essor.exchanges.states import DONE, LIVING, State
from essor.people.models import Person
from essor.projects.actions.moves import end_of
from essor.projects.models import Project
from essor.territories.models import Territory

CALL_WITHIN = timedelta(days=10)
"""A human of the team answers a promise within ten days: that is what the form says."""

FILTERS: dict[str, Any] = {
    "to-answer": _("To answer"),
    "to-follow-up": _("To follow up"),
    "no-sign": _("No sign for 90 days"),
    "under-way": _("Taken up"),
    "to-thank": _("Kept, to thank"),
    "ended": _("Thanked, released, lapsed"),
    "all": _("All"),
}
ORDERS = {
    "to-answer": ("created_at", "id"),
    "to-follow-up": ("until", "id"),
    "no-sign": ("state_at", "id"),
}
"""What waits comes oldest first."""


def narrowed(show: str, today: date) -> Q:
    """The commitments of a list of ``FILTERS``; those to follow up were taken up and are due,
    and those without a sign were remembered for the last time."""
    if show == "to-follow-up":
        return Q(state=State.ACCEPTED, until__lte=today)
    if show == "no-sign":
        agreed = Q(call_again_on__isnull=False, call_again_on__gt=today)
        return Q(state__in=LIVING, reminded=STEPS[-1]) & ~agreed
    states = {
        "to-answer": [State.PROMISED],
        "under-way": [State.ACCEPTED],
        "to-thank": [State.KEPT],
        "ended": [State.THANKED, State.RELEASED, State.LAPSED],
    }
    return Q(state__in=states[show]) if show in states else Q()


def desk(territory: Territory, *, show: str, today: date) -> QuerySet[Commitment]:
    """The host team's list."""
    found = Commitment.objects.filter(narrowed(show, today), territory=territory)
    order = ORDERS.get(show, ("-created_at", "-id"))
    return found.select_related("person", "project").order_by(*order)


def counts_by_state(**which: Any) -> Counter[str]:
    """How many commitments are in each state, for a project, a person or a territory."""
    rows = Commitment.objects.filter(**which).values_list("state").annotate(Count("id"))
    return Counter(dict(rows.order_by("state")))


def late(territory: Territory, at: datetime) -> int:
    """How many promises wait for a call for more than ten days."""
    return Commitment.objects.filter(_late(at), territory=territory).count()


def _late(at: datetime) -> Q:
    return waits_for_call(timezone.localdate(at)) & Q(created_at__lt=at - CALL_WITHIN)


def of_person(person: Person) -> QuerySet[Commitment]:
    return (
        Commitment.objects.filter(person=person)
        .select_related("territory", "project", "thanks")
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


def helped(territory: Territory, key: str) -> Project | None:
    """The project with this public id, or the one it joined, where a promise may go to it."""
    named = Project.objects.filter(territory=territory, public_id=key).first() if key else None
    return to_help(territory).filter(pk=end_of(named).pk).first() if named else None
