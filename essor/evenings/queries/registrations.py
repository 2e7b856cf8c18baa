"""Registrations with what pages show of them, in a fixed number of queries."""

from django.db.models import QuerySet

from essor.evenings.models import Evening, Registration
from essor.people.models import Person

EVENINGS_SHOWN = 12


def coming(evening: Evening) -> QuerySet[Registration]:
    """Who is registered, by name, with person, sphere and organisation."""
    return (
        evening.registrations.filter(state=Registration.State.REGISTERED)
        .select_related("person__sphere", "person__organisation")
        .order_by("person__first_name", "person__last_name", "id")
    )


def waiting_list(evening: Evening) -> QuerySet[Registration]:
    """Who waits for a seat, first come first."""
    return (
        evening.registrations.filter(state=Registration.State.WAITING)
        .select_related("person__sphere", "person__organisation")
        .order_by("state_at", "id")
    )


def registrations_of(person: Person) -> QuerySet[Registration]:
    """Where somebody comes, waits for a seat, or came: the latest evenings first."""
    kept = (Registration.State.REGISTERED, Registration.State.WAITING)
    return (
        Registration.objects.filter(person=person, state__in=kept)
        .exclude(evening__state=Evening.State.DRAFT)
        .select_related("evening__territory")
        .order_by("-evening__date", "-id")[:EVENINGS_SHOWN]
    )
