"""What a table's link in a mail opens; my tables in my space; who is asked first for a need."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from essor.evenings import staying_letters
from essor.evenings.doors import REGISTRATION, STAYING
from essor.evenings.models import Table
from essor.evenings.queries.staying import people_who_stay, staying_of_browser, tables_of
from essor.kit.panels import Panel, register
from essor.people.links import register_purpose
from essor.people.models import Person, PersonalLink
from essor.projects.first_asked import first_asked_by


def open_table(request: HttpRequest, link: PersonalLink) -> str:
    """The browser holds the person's place at the table, and their registration, from now on."""
    table = _linked(link)
    if table is None:
        return "/"
    visitor = request.visitor  # type: ignore[attr-defined]
    registration = table.evening.registrations.filter(person=link.person_id).first()
    if registration is not None:
        visitor.give_key(REGISTRATION, registration.public_id)
    staying = staying_of_browser(table, link.person, ())
    if staying is not None:
        visitor.give_key(STAYING, staying.public_id)
    return _page(table, staying.public_id if staying else "")


def still_open(request: HttpRequest, link: PersonalLink) -> str | None:
    """The address again, for the browser that used this link before."""
    table = _linked(link)
    if table is None:
        return None
    visitor = request.visitor  # type: ignore[attr-defined]
    staying = staying_of_browser(table, None, visitor.held(STAYING))
    if staying is not None and staying.person_id == link.person_id:
        return _page(table, staying.public_id)
    mine = table.evening.registrations.filter(
        person=link.person_id, public_id__in=visitor.held(REGISTRATION)
    )
    return _page(table, "") if mine.exists() else None


def _linked(link: PersonalLink) -> Table | None:
    found = Table.objects.select_related("evening__territory").filter(public_id=link.subject)
    return found.first()


def _page(table: Table, staying: str) -> str:
    evening = table.evening
    keys = [evening.territory.slug, evening.public_id, table.public_id]
    if staying:
        return reverse("evenings:staying", args=[*keys, staying])
    return reverse("evenings:together", args=keys)


def my_tables(request: HttpRequest, person: Person) -> Panel | None:
    """The tables at which I stay reachable."""
    mine = tables_of(person)
    return Panel("evenings/_my_tables.html", {"stayings": mine}) if mine else None


register_purpose(
    staying_letters.PURPOSE,
    open_table,
    button=_("Open the page of my table"),
    still_open=still_open,
)
register("me", my_tables, order=40)
first_asked_by(people_who_stay)
