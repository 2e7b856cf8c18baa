"""The people of an evening as lines of a spreadsheet: as much of them as a role may take out."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from essor.evenings.models import Answer, Choice, Evening, Registration, Seat
from essor.territories.doors import DOOR, HOST

Cell = Callable[[Registration], Any]


@dataclass
class PeopleFile:
    """Titles and lines. Access needs are never in a file: they are read on the host's page."""

    header: list[str]
    lines: list[list[Any]]


@dataclass
class _Beside:
    """What stands in other tables, by registration."""

    tables: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))
    choices: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))
    answers: dict[int, dict[int, str]] = field(default_factory=lambda: defaultdict(dict))


def people_file(evening: Evening, roles: frozenset[str]) -> PeopleFile:
    """Hosts take out what people answered, the door what it needs at the door, facilitators
    first names and tables. Six queries at most, whatever the number of people."""
    beside = _Beside()
    for number, registration in Seat.objects.filter(table__evening=evening).values_list(
        "table__number", "registration"
    ):
        beside.tables[registration].append(str(number))
    if HOST in roles:
        columns = list(_for_hosts(evening, beside))
    elif DOOR in roles:
        columns = list(_for_the_door(beside))
    else:
        columns = list(_for_facilitators(beside))
    people = (
        evening.registrations.exclude(state=Registration.State.TWIN)
        .select_related("person__sphere", "person__organisation")
        .order_by("person__last_name", "person__first_name", "id")
    )
    if HOST not in roles:
        people = people.filter(state=Registration.State.REGISTERED)
    return PeopleFile(
        [title for title, _cell in columns],
        [[cell(registration) for _title, cell in columns] for registration in people],
    )


def _for_hosts(evening: Evening, beside: _Beside) -> Iterator[tuple[str, Cell]]:
    for choice in Choice.objects.filter(registration__evening=evening).select_related("challenge"):
        beside.choices[choice.registration_id].append(choice.challenge.short)
    for answer in Answer.objects.filter(registration__evening=evening):
        beside.answers[answer.registration_id][answer.question_id] = answer.value
    yield _("First name"), lambda r: r.person.first_name
    yield _("Last name"), lambda r: r.person.last_name
    yield _("E-mail"), lambda r: r.person.email
    yield _("Phone"), lambda r: r.person.phone
    yield from _organisation_and_sphere()
    yield _("Commune"), lambda r: r.person.commune
    yield _("Age"), lambda r: r.get_age_band_display() if r.age_band else ""
    for place, title in enumerate((_("First choice"), _("Second choice"), _("Third choice"))):
        yield title, _choice(beside, place)
    yield _("Surprise me"), lambda r: _yes(r.surprise)
    yield _("Facilitator"), lambda r: _yes(r.facilitator)
    if evening.remote_offered:
        yield _("From a distance"), lambda r: _yes(r.remote)
    yield _("Guests under 15"), lambda r: r.children or ""
    for question in evening.questions.all():
        yield question.label, _answer(beside, question.pk)
    yield _("State"), lambda r: r.get_state_display()
    yield from _table_and_code(beside)
    yield _("Came by"), lambda r: r.get_source_display()
    yield _("Registered on"), lambda r: _when(r.registered_at)
    yield _("Arrived at"), lambda r: _when(r.arrived_at) if r.arrived_at else ""


def _for_the_door(beside: _Beside) -> Iterator[tuple[str, Cell]]:
    yield _("First name"), lambda r: r.person.first_name
    yield _("Last name"), lambda r: r.person.last_name
    yield from _organisation_and_sphere()
    yield _("Guests under 15"), lambda r: r.children or ""
    yield from _table_and_code(beside)


def _for_facilitators(beside: _Beside) -> Iterator[tuple[str, Cell]]:
    yield _("First name"), lambda r: r.person.short_name
    yield _("Sphere"), lambda r: r.person.sphere.name if r.person.sphere else ""
    yield _("Table"), lambda r: ", ".join(beside.tables[r.pk])


def _organisation_and_sphere() -> Iterator[tuple[str, Cell]]:
    yield _("Organisation"), lambda r: r.person.organisation.name if r.person.organisation else ""
    yield _("Sphere"), lambda r: r.person.sphere.name if r.person.sphere else ""


def _table_and_code(beside: _Beside) -> Iterator[tuple[str, Cell]]:
    yield _("Table"), lambda r: ", ".join(beside.tables[r.pk])
    yield _("Ticket code"), lambda r: r.code


def _choice(beside: _Beside, place: int) -> Cell:
    def cell(registration: Registration) -> str:
        chosen = beside.choices[registration.pk]
        return chosen[place] if place < len(chosen) else ""

    return cell


def _answer(beside: _Beside, question: int) -> Cell:
    return lambda registration: beside.answers[registration.pk].get(question, "")


def _yes(value: bool) -> str:
    return _("yes") if value else ""


def _when(at: Any) -> str:
    return date_format(localtime(at), "SHORT_DATETIME_FORMAT")
