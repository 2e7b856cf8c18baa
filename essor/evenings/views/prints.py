"""The page of everything that is printed, and each of its PDFs."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import structlog
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from essor.evenings import printing
from essor.evenings.doors import an_evening
from essor.evenings.models import Evening
from essor.evenings.printing.look import unprintable
from essor.evenings.queries import prints as read
from essor.evenings.queries.registrations import coming
from essor.territories.doors import HOST, door

log = structlog.get_logger("essor.print")


@dataclass(frozen=True, slots=True)
class Print:
    """One thing to print: its address, what it is for, what is read for it and how it is drawn."""

    kind: str
    title: str | Promise
    what_for: str | Promise
    paper: str | Promise
    read: Callable[[Evening], Sequence[Any]]
    draw: Callable[[printing.Look, Any], bytes]
    needs: str = ""

    def pdf(self, evening: Evening) -> bytes:
        return self.draw(read.look_of(evening), self.read(evening))


PRINTS = (
    Print(
        "badges",
        _("Badges, four on a sheet"),
        _("Name, sphere, table and the code that the door reads. Cut along the marks."),
        _("A4, light card"),
        read.badges_of,
        printing.badges_pdf,
        needs="people",
    ),
    Print(
        "badges-a6",
        _("Badges, one a page"),
        _("The same for a badge printer or card cut to A6."),
        _("A6"),
        read.badges_of,
        partial(printing.badges_pdf, paper="a6"),
        needs="people",
    ),
    Print(
        "cards",
        _("Table cards"),
        _("Fold in two: the number is read from the whole room, the code opens the table’s sheet."),
        _("A4, card"),
        read.tables_in_the_hall,
        printing.cards_pdf,
        needs="tables",
    ),
    Print(
        "sheets",
        _("Project sheets"),
        _("The nine fields to write by hand. Paper is the native medium of a table."),
        _("A3"),
        read.tables_in_the_hall,
        printing.sheets_pdf,
        needs="tables",
    ),
    Print(
        "names",
        _("List by name"),
        _("Hang it by the door: everybody finds their table, even without a network."),
        _("A4"),
        read.listed_people,
        printing.names_pdf,
        needs="people",
    ),
    Print(
        "tables",
        _("List by table"),
        _("Who sits where, for the team and the facilitators."),
        _("A4"),
        read.table_pages,
        printing.tables_pdf,
        needs="plan",
    ),
    Print(
        "facilitators",
        _("Facilitators"),
        _("Each table’s facilitator with the code of its phone. Keep it to yourselves."),
        _("A4"),
        read.table_pages,
        printing.facilitators_pdf,
        needs="plan",
    ),
)
BY_KIND = {each.kind: each for each in PRINTS}


@door(HOST, opens=(an_evening,))
def prints(request: HttpRequest, evening: Evening) -> HttpResponse:
    people = list(coming(evening))
    names = [each.person.name for each in people]
    planned = evening.tables.exists()
    standing = evening.tables if planned else evening.room_tables
    has = {
        "people": bool(people),
        "tables": standing.filter(remote=False).exists(),
        "plan": planned,
    }
    context = {
        "evening": evening,
        "prints": [(each, has[each.needs]) for each in PRINTS],
        "people": len(people),
        "has_plan": has["plan"],
        "unprintable": [name for name in names if unprintable(name)],
    }
    return render(request, "evenings/prints.html", context)


@door(HOST, opens=(an_evening,))
def print_file(request: HttpRequest, evening: Evening, kind: str) -> HttpResponseBase:
    """A PDF in the language of the territory: paper is for everybody in the room."""
    if kind not in BY_KIND:
        raise Http404
    try:
        with override(evening.territory.language):
            data = BY_KIND[kind].pdf(evening)
    except (printing.FontsMissing, printing.NotPrinted) as trouble:
        log.error("not printed", kind=kind, why=str(trouble))
        messages.error(request, _("This could not be printed. Tell whoever runs this server."))
        return redirect("evenings:prints", evening.territory.slug, evening.public_id)
    with override(evening.territory.language):
        name = f"{slugify(str(BY_KIND[kind].title))}-{evening.date or ''}.pdf"
    response = HttpResponse(data, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}"'
    response["Cache-Control"] = "no-store"
    return response
