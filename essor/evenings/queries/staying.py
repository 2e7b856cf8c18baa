"""Reads about who stays at a table."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Q

from essor.evenings.models import Staying, Table
from essor.kit.prepared import Prepared
from essor.people.models import Person
from essor.projects.models import Project

LETTERS_SHOWN = 40


def staying_of_browser(
    table: Table, person: Person | None, held: Collection[str]
) -> Staying | None:
    """The place at ``table`` of this browser, by its keys or its account."""
    mine = Q(public_id__in=held)
    if person is not None:
        mine |= Q(person=person)
    return table.stayings.filter(mine, left_at=None).select_related("person").first()


def staying_at(table: Table) -> list[Staying]:
    """Everybody who stays, those who offer to keep the table together first."""
    found = table.stayings.filter(left_at=None, person__erased_at=None)
    return list(found.select_related("person").order_by("-offers_to_keep", "since", "id"))


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who might keep the table together."""

    person: Person
    offers: bool


def candidates(table: Table) -> list[Candidate]:
    """Who offered first, then everybody else who sits at the table or stays there; two queries."""
    stayings = staying_at(table)
    seated = (
        Person.objects.filter(registrations__seats__table=table, erased_at=None)
        .distinct()
        .order_by("first_name", "last_name", "id")
    )
    found = {each.person_id: Candidate(each.person, each.offers_to_keep) for each in stayings}
    for person in seated:
        found.setdefault(person.pk, Candidate(person, False))
    return list(found.values())


def people_who_stay(project: Project) -> list[Person]:
    """The people of the project's table who stayed reachable, its keeper first."""
    found = (
        Staying.objects.filter(
            table__project=project,
            table__rests_at=None,
            left_at=None,
            person__erased_at=None,
        )
        .select_related("person", "table")
        .order_by("since", "id")
    )
    ordered = sorted(found, key=lambda each: each.person_id != each.table.keeper_id)
    return [each.person for each in ordered]


_of_person = Prepared(
    lambda person: (
        Staying.objects.filter(person_id=person, left_at=None)
        .select_related("table__evening__territory", "table__project")
        .order_by("-since", "-id")
    ),
    int,
)


def tables_of(person: Person) -> list[Staying]:
    """The tables at which ``person`` stays, the latest first."""
    return _of_person.all(person.pk)
