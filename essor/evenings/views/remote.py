"""Taking part from a distance: the host's page of remote tables, and "I am here"."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from essor.evenings.actions.remote import CannotJoin, join_remotely, set_remote_tables
from essor.evenings.doors import a_registration, an_evening, holds_registration
from essor.evenings.forms.remote import OfferForm, RemoteTables, links_in, remote_rows
from essor.evenings.models import Evening, Registration
from essor.evenings.setup_pages import setup_tabs
from essor.evenings.views.registration import page_of
from essor.evenings.views.setup import desk_of
from essor.evenings.views.tables import table_address
from essor.kit import clock
from essor.kit.once import once
from essor.kit.rewording import WrittenMeanwhile
from essor.people.hands import last_hand
from essor.territories.doors import HOST, door


@door(HOST, opens=(an_evening,))
def remote_tables(request: HttpRequest, evening: Evening) -> HttpResponseBase:
    """Which tables meet by video and where; whether registration asks."""
    data = request.POST if request.method == "POST" else None
    offer = OfferForm(data, initial=OfferForm.words_of(evening))
    rows = RemoteTables(data, initial=remote_rows(evening), prefix="table")

    def act() -> str:
        rows.look_again(evening, remote_rows)
        offer.look_again(evening, OfferForm.words_of)
        set_remote_tables(
            evening=evening,
            offered=offer.cleaned_data["offered"],
            links=links_in(rows),
            by=request.visitor.person,  # type: ignore[attr-defined]
            at=clock.now(),
        )
        return desk_of(evening)

    if data is not None and offer.is_valid() and rows.is_valid():
        try:
            answer = once(request, act)
            messages.success(request, _("Saved."))
            return answer
        except WrittenMeanwhile:
            who = last_hand(evening, "set_remote_tables")
            offer.tell(WrittenMeanwhile(OfferForm.words_of(evening)), who)
            rows.tell(WrittenMeanwhile(remote_rows(evening)), who)
    far = evening.registrations.filter(state=Registration.State.REGISTERED, remote=True).count()
    context = {"evening": evening, "offer": offer, "form": rows, "far": far,
               "tabs": setup_tabs(request, evening)}  # fmt: skip
    return render(request, "evenings/remote_tables.html", context, status=422 if data else 200)


@door(HOST, opens=(an_evening, a_registration), own=holds_registration)
@require_POST
@never_cache
def presence(request: HttpRequest, evening: Evening, registration: Registration) -> HttpResponse:
    """Somebody at a distance is there; pressed twice it is once."""
    here = page_of(registration, evening)

    def act() -> str:
        by = request.visitor.person or registration.person  # type: ignore[attr-defined]
        join_remotely(registration=registration, by=by, at=clock.now())
        seat = registration.seats.filter(table__remote=True).select_related("table").first()
        if seat is None or request.POST.get("from") != "table":
            return here
        return table_address(evening, seat.table)

    try:
        return once(request, act)
    except CannotJoin:
        messages.warning(request, _("That is possible from an hour before the evening begins."))
        return redirect(here)
