"""The ticket, what its QR code opens, and the calendar file."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from essor.evenings.calendar_file import calendar_file as calendar_bytes
from essor.evenings.doors import a_registration, an_evening, holds_registration
from essor.evenings.models import Evening, Registration
from essor.evenings.queries.remote import videos_of
from essor.evenings.rules import may_join
from essor.evenings.ticket import qr_svg
from essor.evenings.views.registration import page_of
from essor.kit import clock
from essor.territories.doors import DOOR, HOST, door


@door(HOST, DOOR, opens=(an_evening, a_registration), own=holds_registration)
@never_cache
def ticket(request: HttpRequest, evening: Evening, registration: Registration) -> HttpResponseBase:
    """One small page to print or keep on the phone; only somebody with a seat has one."""
    if registration.shown_state != Registration.State.REGISTERED:
        return redirect(page_of(registration, evening))
    context = {
        "evening": evening,
        "registration": registration,
        "qr": qr_svg(registration),
        "videos": videos_of(registration),
        "may_join": may_join(registration, clock.now()),
    }
    return render(request, "evenings/ticket.html", context)


@door(opens=(an_evening,))
@never_cache
def ticket_code(request: HttpRequest, evening: Evening, code: str) -> HttpResponseBase:
    """What a ticket's QR code opens: who it is, for the team; what it is for, for everybody else.

    It says the same whether the code exists or not, except to its holder and to the team.
    """
    rights = request.rights  # type: ignore[attr-defined]
    found = (
        evening.registrations.select_related("person__sphere", "twin_of__person__sphere")
        .filter(code=code.upper())
        .first()
    )
    if rights.any_of(HOST, DOOR):
        counts = (found.twin_of or found) if found else None
        context = {"evening": evening, "registration": counts, "code": code.upper()}
        return render(request, "evenings/ticket_seen.html", context, status=200 if found else 404)
    if found and holds_registration(rights, registration=found):
        return redirect(
            "evenings:ticket", evening.territory.slug, evening.public_id, found.public_id
        )
    return render(request, "evenings/ticket_shown.html", {"evening": evening})


@door(opens=(an_evening,))
def calendar_file(request: HttpRequest, evening: Evening) -> HttpResponse:
    """The evening as a calendar file; it says nothing about who asks."""
    response = HttpResponse(calendar_bytes(evening, at=clock.now()), content_type="text/calendar")
    response["Content-Disposition"] = f'attachment; filename="{evening.public_id}.ics"'
    return response
