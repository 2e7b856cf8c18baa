"""What the holder of a registration may do with it: change answers, cancel, come back."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from essor.evenings.actions.registration import (
    RegistrationClosed,
    TooLate,
    cancel_registration,
    change_answers,
    come_back,
    send_links,
)
from essor.evenings.doors import a_registration, an_evening, holds_registration
from essor.evenings.forms.registration import AddressForm, RegistrationForm
from essor.evenings.models import Evening, Registration
from essor.evenings.rules import answers_may_change, may_cancel
from essor.evenings.views.registration import allowance, page_of
from essor.kit import clock
from essor.kit.limits import TooOften, spend
from essor.kit.once import once
from essor.people.models import Person
from essor.territories.doors import HOST, door

AN_HOUR, MOST_LINKS = timedelta(hours=1), 3

own_registration = door(HOST, opens=(an_evening, a_registration), own=holds_registration)


@own_registration
@never_cache
def answers(request: HttpRequest, evening: Evening, registration: Registration) -> HttpResponseBase:
    """The same form again, with what was answered."""
    if not answers_may_change(registration):
        return _too_late(request, evening, registration)
    data = request.POST if request.method == "POST" else None
    form = RegistrationForm(evening, data, registration=registration)

    def act() -> str:
        change_answers(
            registration=registration, coming=form.coming, by=_who(request), at=clock.now()
        )
        return page_of(registration, evening)

    if request.method == "POST" and form.is_valid():
        try:
            answer = once(request, act)
        except TooLate:
            return _too_late(request, evening, registration)
        messages.success(request, _("Your answers are changed."))
        return answer
    return render(
        request,
        "evenings/answers.html",
        {"evening": evening, "registration": registration, "form": form},
        status=422 if form.errors else 200,
    )


@own_registration
@never_cache
def cancellation(
    request: HttpRequest, evening: Evening, registration: Registration
) -> HttpResponseBase:
    """Asks once, then frees the seat; a second time finds it done."""

    def act() -> str:
        cancel_registration(registration=registration, by=_who(request), at=clock.now())
        return page_of(registration, evening)

    if registration.state == Registration.State.CANCELLED:
        return redirect(page_of(registration, evening))
    if not may_cancel(registration):
        return _too_late(request, evening, registration)
    if request.method == "POST":
        try:
            answer = once(request, act)
        except TooLate:
            return _too_late(request, evening, registration)
        messages.success(request, _("You are no longer registered. Thank you for telling us."))
        return answer
    context = {"evening": evening, "registration": registration}
    return render(request, "evenings/cancellation.html", context)


@own_registration
@require_POST
def coming_back(
    request: HttpRequest, evening: Evening, registration: Registration
) -> HttpResponseBase:
    """Registers again after cancelling, while registration is open."""

    def act() -> str:
        come_back(registration=registration, by=_who(request), at=clock.now())
        return page_of(registration, evening)

    try:
        return once(request, act)
    except RegistrationClosed:
        return render(
            request, "evenings/registration_closed.html", {"evening": evening}, status=409
        )


@door(opens=(an_evening,))
@never_cache
def lost_link(request: HttpRequest, evening: Evening) -> HttpResponseBase:
    """Mails the links of an address again; the page says the same whether anybody has it."""
    form = AddressForm(request.POST if request.method == "POST" else None)

    def act() -> str:
        email, at = form.cleaned_data["email"].lower(), clock.now()
        spend(allowance("link", evening, email), limit=MOST_LINKS, window=AN_HOUR, at=at)
        send_links(evening=evening, email=email, by=None, at=at)
        return request.path + "?sent=1"

    if request.method == "POST" and form.is_valid():
        try:
            return once(request, act)
        except TooOften:
            form.add_error("email", _("Links were sent already: look in your mails, or try later."))
    context = {"evening": evening, "form": form, "sent": request.GET.get("sent") == "1"}
    return render(request, "evenings/lost_link.html", context, status=422 if form.errors else 200)


def _too_late(request: HttpRequest, evening: Evening, registration: Registration) -> HttpResponse:
    context = {"evening": evening, "registration": registration}
    return render(request, "evenings/too_late.html", context, status=409)


def _who(request: HttpRequest) -> Person | None:
    person: Person | None = request.rights.person  # type: ignore[attr-defined]
    return person
