"""Registrations with what pages show of them, in a fixed number of queries."""

from django.db.models import QuerySet

from essor.evenings.models import Evening, Registration
from essor.kit.prepared import Prepared
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


KEPT = (Registration.State.REGISTERED, Registration.State.WAITING)
_of_person = Prepared(
    lambda person: (
        Registration.objects.filter(person_id=person, state__in=KEPT)
        .exclude(evening__state=Evening.State.DRAFT)
        .select_related("evening__territory")
        .order_by("-evening__date", "-id")[:EVENINGS_SHOWN]
    ),
    int,
)


def registrations_of(person: Person) -> list[Registration]:
    """Where somebody comes, waits for a seat, or came: the latest evenings first."""
    return _of_person.all(person.pk)
