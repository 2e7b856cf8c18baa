"""The door: scan or type a code, search a name, let in, walk-ins. Hosts and door only."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import conditional_page, require_POST

from essor.algos.seating import NoSeat
from essor.evenings.actions.door import (
    AlreadyArrived,
    DoorClosed,
    NotExpected,
    change_seat,
    check_in,
    mark_absent,
    undo_check_in,
    welcome_walk_in,
)
from essor.evenings.actions.door_seats import RoomFull, WalkIn
from essor.evenings.at_door.live_room import Glimpse, glimpse
from essor.evenings.at_door.page import door_page, person_at_door
from essor.evenings.doors import a_registration, an_evening
from essor.evenings.forms.door import WalkInForm
from essor.evenings.models import Evening, Registration
from essor.evenings.queries.door import by_code, code_in, list_for_the_door
from essor.evenings.views.plan import host_of
from essor.kit import clock
from essor.kit.once import once
from essor.kit.queued import happened_at, waited
from essor.territories.doors import DOOR, HOST, door

SHOWN_AFTER = timedelta(seconds=2)
"""A phone at the door that waited this long has shown its own list's table (web/scripts/door.js)."""


def to(name: str, evening: Evening, *more: str) -> str:
    return reverse(f"evenings:{name}", args=[evening.territory.slug, evening.public_id, *more])


@door(HOST, DOOR, opens=(an_evening,))
@never_cache
def door_desk(request: HttpRequest, evening: Evening) -> HttpResponse:
    """Scan, type a code or look for a name (``?q=``); the last arrivals, the count."""
    context = door_page(evening, request.GET.get("q", ""))
    part = request.htmx and not request.htmx.boosted  # type: ignore[attr-defined]
    template = "evenings/_door_found.html" if part else "evenings/door.html"
    return render(request, template, context)


@door(HOST, DOOR, opens=(an_evening,))
@cache_control(private=True, no_cache=True)
@conditional_page
def door_list(request: HttpRequest, evening: Evening) -> JsonResponse:
    """Everybody who may come and the open tables, for a door without network."""
    return JsonResponse(list_for_the_door(evening))


@door(HOST, DOOR, opens=(an_evening,), redirects=True)
@require_POST
def door_arrivals(request: HttpRequest, evening: Evening) -> HttpResponse:
    """Let somebody in by the code of the ticket, scanned or typed."""
    typed = request.POST.get("code", "")
    registration = by_code(evening, typed)
    if registration is None:
        context = door_page(evening, "", typed=typed, unknown=code_in(typed) or typed)
        return render(request, "evenings/door.html", context, status=422)
    return _let_in(request, evening, registration)


@door(HOST, DOOR, opens=(an_evening, a_registration))
@never_cache
def door_person(request: HttpRequest, evening: Evening, registration: Registration) -> HttpResponse:
    """Green or red, full screen: who it is, the table; POST lets the person in."""
    if request.method == "POST":
        return _let_in(request, evening, registration)
    context = person_at_door(
        evening, registration, request.GET.get("was", ""), others="others" in request.GET
    )
    return render(request, "evenings/door_person.html", context)


def _let_in(request: HttpRequest, evening: Evening, registration: Registration) -> HttpResponse:
    here = to("door_person", evening, registration.public_id)

    def arrive() -> str:
        check_in(registration=registration, by=host_of(request),
                 at=happened_at(request, clock.now()), told=_told(request),
                 let_in=bool(request.POST.get("let_in")))  # fmt: skip
        return here

    try:
        return once(request, arrive)
    except AlreadyArrived:
        return redirect(f"{here}?was=here")
    except NotExpected:
        return redirect(here)
    except DoorClosed:
        messages.warning(request, _("The door is closed: the evening is in preparation or over."))
        return redirect(to("door", evening))


def _told(request: HttpRequest) -> int | None:
    """The table that a door without network read out; while it waits for us it tells nothing."""
    told = request.POST.get("told", "")
    return int(told) if told.isdecimal() and waited(request) >= SHOWN_AFTER else None


@door(HOST, DOOR, opens=(an_evening, a_registration), redirects=True)
@require_POST
def door_departure(
    request: HttpRequest, evening: Evening, registration: Registration
) -> HttpResponse:
    """Undo a check-in: the wrong person was let in."""

    def undo() -> str:
        undo_check_in(registration=registration, by=host_of(request), at=clock.now())
        messages.success(
            request, _("%(who)s counts as not arrived.") % {"who": registration.person.name}
        )
        return to("door", evening)

    return once(request, undo)


@door(HOST, DOOR, opens=(an_evening, a_registration), redirects=True)
@require_POST
def door_absence(
    request: HttpRequest, evening: Evening, registration: Registration
) -> HttpResponse:
    """Somebody will not come, or will after all."""

    def mark() -> str:
        mark_absent(registration=registration, absent=request.POST.get("absent") == "yes",
                    by=host_of(request), at=clock.now())  # fmt: skip
        return to("door_person", evening, registration.public_id)

    return once(request, mark)


@door(HOST, DOOR, opens=(an_evening, a_registration), redirects=True)
@require_POST
def door_seat(request: HttpRequest, evening: Evening, registration: Registration) -> HttpResponse:
    """Another table for somebody who is here."""
    number = request.POST.get("table", "")

    def sit() -> str:
        change_seat(registration=registration, table=int(number), by=host_of(request),
                    at=clock.now())  # fmt: skip
        return to("door_person", evening, registration.public_id)

    try:
        if not number.isdecimal():
            raise NoSeat("not_open", number)
        return once(request, sit)
    except NoSeat:
        messages.warning(request, _("Table %(table)s cannot take this person.") % {"table": number})
        return redirect(to("door_person", evening, registration.public_id) + "?others=yes")


@door(HOST, DOOR, opens=(an_evening,))
@never_cache
def door_walk_in(request: HttpRequest, evening: Evening) -> HttpResponse:
    """Somebody nobody expected: a first name is enough, the engine finds the seat."""
    form = WalkInForm(request.POST or None, evening=evening)
    full = False
    if request.method == "POST" and form.is_valid():
        try:
            seated = not request.POST.get("without_seat")
            seen = glimpse(evening, happened_at(request, clock.now())) if seated else None
            return once(request, lambda: _welcome(request, evening, form, seen))
        except RoomFull:
            full = True
        except DoorClosed:
            form.add_error(None, _("The door is closed: the evening is in preparation or over."))
    context = {"evening": evening, "form": form, "full": full}
    status = 422 if form.errors or full else 200
    return render(request, "evenings/door_walk_in.html", context, status=status)


def _welcome(request: HttpRequest, evening: Evening, form: WalkInForm, seen: Glimpse | None) -> str:
    registration = welcome_walk_in(
        evening=evening,
        walk_in=WalkIn(**form.cleaned_data, language=get_language() or "fr"),
        without_seat=bool(request.POST.get("without_seat")),
        by=host_of(request),
        at=happened_at(request, clock.now()),
        seen=seen,
    )
    return to("door_person", evening, registration.public_id)
