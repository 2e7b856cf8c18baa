"""Invented people at tables: rows made in bulk, for a rehearsal here and for ``essor rehearse``."""

from collections.abc import Callable, Sequence
from datetime import datetime

from essor.evenings.models import Evening, Registration, Seat, Table
from essor.people.models import Person, Sphere

Name = Callable[[int], tuple[str, str]]


def invent_people(
    evening: Evening,
    people: int,
    at: datetime,
    *,
    name: Name,
    email: Callable[[int], str] = lambda number: "",
    code: Callable[[int], str] = lambda number: f"C{number:05d}",
) -> list[Registration]:
    """``people`` marked as invented and registered, their spheres in turn; three queries."""
    spheres = list(Sphere.objects.order_by("order", "id"))
    persons = Person.objects.bulk_create(
        Person(
            first_name=name(n)[0],
            last_name=name(n)[1],
            email=email(n),
            sphere=spheres[n % len(spheres)] if spheres else None,
            invented=True,
            created_at=at,
        )
        for n in range(people)
    )
    return list(
        Registration.objects.bulk_create(
            Registration(
                evening=evening,
                person=person,
                code=code(n),
                registered_at=at,
                state=Registration.State.REGISTERED,
                state_at=at,
            )
            for n, person in enumerate(persons)
        )
    )


def seat_around(tables: Sequence[Table], people: Sequence[Registration]) -> None:
    """Everybody at a table, one after the other around the room; one query."""
    Seat.objects.bulk_create(
        Seat(table=tables[n % len(tables)], registration=each) for n, each in enumerate(people)
    )
