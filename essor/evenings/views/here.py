"""For whoever is in the hall: the code on the screen, one's table, an idea, a commitment."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from essor.evenings.doors import REGISTRATION, an_evening
from essor.evenings.hall import hall_of
from essor.evenings.models import Evening, Registration, Seat, Table
from essor.evenings.queries.pulse import asked_of
from essor.kit import clock
from essor.kit.doors import anybody
from essor.territories.doors import REHEARSAL, door


@anybody
def code(request: HttpRequest) -> HttpResponse:
    """The short address on the screen: the evening's code leads to its page.

    That of a rehearsal is asked for once more, as it opens what is closed to everybody else.
    """
    given = "".join(request.GET.get("code", "").split()).upper()
    evening = (
        Evening.objects.select_related("territory")
        .filter(welcome_code=given)
        .exclude(state=Evening.State.DRAFT)
        .first()
        if given
        else None
    )
    if evening is not None:
        address = reverse("evenings:here", args=[evening.territory.slug, evening.public_id])
        if not evening.territory.rehearsal:
            return HttpResponseRedirect(address)
        if request.method == "POST":
            request.visitor.give_key(REHEARSAL, evening.territory.public_id)  # type: ignore[attr-defined]
            return HttpResponseRedirect(address)
    status = 422 if given else 200
    if evening is not None:
        return render(request, "evenings/rehearsal_entry.html", {"given": given})
    return render(request, "evenings/code.html", {"given": given}, status=status)


@door(opens=(an_evening,))
def here(request: HttpRequest, evening: Evening) -> HttpResponse:
    """The page behind the QR code of the screen: my table, or the table with this number."""
    tables = list(evening.tables.prefetch_related("challenges").order_by("number"))
    context = {
        "evening": evening,
        "tables": tables,
        "mine": my_table(request, evening),
        "asked": asked_of(evening, request.visitor.known_device, clock.now()),  # type: ignore[attr-defined]
        **hall_of(evening),
    }
    return render(request, "evenings/here.html", context)


def my_registration(request: HttpRequest, evening: Evening) -> Registration | None:
    """The registration of this browser for this evening that counts, by its key or its account."""
    return _held(request, evening, Registration.State.CANCELLED, Registration.State.TWIN)


def registration_shown(request: HttpRequest, evening: Evening) -> Registration | None:
    """The same for pages that must not tell a twin from any other registration."""
    return _held(request, evening, Registration.State.CANCELLED)


def _held(request: HttpRequest, evening: Evening, *without: str) -> Registration | None:
    visitor = request.visitor  # type: ignore[attr-defined]
    mine = evening.registrations.select_related("person").exclude(state__in=without)
    keys = visitor.held(REGISTRATION)
    held = mine.filter(public_id__in=keys).order_by("-id").first() if keys else None
    if held is not None or visitor.person is None:
        return held
    return mine.filter(person=visitor.person).order_by("-id").first()


def my_table(request: HttpRequest, evening: Evening) -> Table | None:
    return table_of(my_registration(request, evening))


def table_of(registration: Registration | None) -> Table | None:
    """Where this registration sits in the first round."""
    if registration is None:
        return None
    seat = (
        Seat.objects.filter(registration=registration)
        .select_related("table")
        .order_by("round")
        .first()
    )
    return seat.table if seat else None
