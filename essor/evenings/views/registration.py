"""Registering on one page, without an account; and the page of one's own registration."""

import hashlib
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from essor.evenings.actions.registration import (
    AlreadyRegistered,
    RegistrationClosed,
    register,
)
from essor.evenings.answers import answers_of
from essor.evenings.consents import WORDING
from essor.evenings.doors import REGISTRATION, a_registration, an_evening, holds_registration
from essor.evenings.forms.registration import RegistrationForm
from essor.evenings.models import Evening, Registration
from essor.evenings.queries.remote import videos_of
from essor.evenings.queries.seats import seats_left, taken_of
from essor.evenings.rules import answers_may_change, may_cancel, may_join, registration_open
from essor.evenings.ticket import qr_svg
from essor.evenings.views.here import registration_shown
from essor.kit import clock
from essor.kit.limits import TooOften, mark_of, spend
from essor.kit.once import once
from essor.ledger.kept import kept, stays, unchanged
from essor.people.models import Person
from essor.people.text import same_name
from essor.territories.doors import HOST, door

ONLY_SEATS = frozenset(
    {"welcomed", "consented", "registered", "cancelled", "promoted", "link_made", "link_used"}
)
"""What people do around a registration: nothing of it shows on the form but whether seats are left."""
A_DAY, MOST_A_DAY = timedelta(days=1), 30


@kept
@door(opens=(an_evening,))
@never_cache
def registration_form(request: HttpRequest, evening: Evening) -> HttpResponseBase:
    """The page to register. Not cached, so that going back starts a new registration."""
    if not registration_open(evening, clock.now()):
        return closed(request, evening)
    form = RegistrationForm(
        evening,
        request.POST if request.method == "POST" else None,
        language=get_language() or "fr",
        initial=_known(request),
    )
    if request.method == "POST" and form.is_valid():
        try:
            return _registered(request, evening, form)
        except RegistrationClosed:
            return closed(request, evening)
        except TooOften:
            form.add_error("email", _("Too many tries with this address today: write to us."))
    status, full = 422 if form.errors else 200, not seats_left(evening)
    mine = None if form.is_bound else registration_shown(request, evening)
    look = "" if form.is_bound or form.initial or mine else look_of(form)
    stays(request, ONLY_SEATS, still_so(evening, full))
    same = unchanged(request, look and f"{look} {full} {shown_of(evening)}")
    if same is not None:
        return same
    context = {"evening": evening, "form": form, "full": full, "look": look, "mine": mine}
    return render(request, "evenings/registration_form.html", context, status=status)


def look_of(form: RegistrationForm) -> str:
    """Names the blank fields of an evening's form: most people get the same, written once."""
    asked = [
        get_language(),
        form.evening.public_id,
        form.evening.territory.department,
        form.evening.remote_offered,
        WORDING,
        [(c.public_id, c.short, c.question, c.track) for c in form.challenges],
        [(q.pk, q.label, q.kind, q.options, q.required) for q in form.questions],
    ]
    return hashlib.sha256(repr(asked).encode()).hexdigest()


def still_so(evening: Evening, full: bool) -> Callable[[], bool]:
    """Asks whether the evening is as full as it was; nothing of its object is held on to."""
    pk, capacity = evening.pk, evening.capacity
    return lambda: (taken_of(pk) >= capacity) == full


def shown_of(evening: Evening) -> str:
    """Everything of the evening and its territory that the page may show."""
    return repr(
        [
            sorted((name, value) for name, value in vars(each).items() if not name.startswith("_"))
            for each in (evening, evening.territory)
        ]
    )


def _registered(request: HttpRequest, evening: Evening, form: RegistrationForm) -> HttpResponseBase:
    """The same answers sent twice are one registration; other answers are another one."""

    def act() -> str:
        coming, at = form.coming, clock.now()
        spend(allowance("register", evening, coming.email), limit=MOST_A_DAY, window=A_DAY, at=at)
        who = _oneself(request, coming.first_name, coming.last_name)
        try:
            made = register(evening=evening, coming=coming, person=who, by=who, at=at)
        except AlreadyRegistered as known:
            made = known.registration
        request.visitor.give_key(REGISTRATION, made.public_id)  # type: ignore[attr-defined]
        request.session.keep()  # type: ignore[attr-defined]
        return page_of(made, evening)

    answer = once(request, act, scope=_scope(request))
    key = answer.url.rstrip("/").split("/")[-1]
    if not request.visitor.holds(REGISTRATION, key):  # type: ignore[attr-defined]
        request.visitor.give_key(REGISTRATION, key)  # type: ignore[attr-defined]
    return answer


@door(HOST, opens=(an_evening, a_registration), own=holds_registration)
@never_cache
def registration(
    request: HttpRequest, evening: Evening, registration: Registration
) -> HttpResponse:
    """One's own registration: ticket, answers, and what may still be done."""
    return render(request, "evenings/registration.html", page(evening, registration))


def page(evening: Evening, registration: Registration) -> dict[str, Any]:
    """What the page of a registration shows; a twin looks like any other."""
    seated = registration.shown_state == Registration.State.REGISTERED
    return {
        "evening": evening,
        "registration": registration,
        "person": registration.person,
        "state": registration.shown_state,
        "seated": seated,
        "lines": answers_of(registration),
        "qr": qr_svg(registration) if seated else "",
        "videos": videos_of(registration),
        "may_join": may_join(registration, clock.now()),
        "may_change": answers_may_change(registration),
        "may_cancel": may_cancel(registration),
        "may_return": registration.state == Registration.State.CANCELLED
        and registration_open(evening, clock.now()),
    }


def page_of(registration: Registration, evening: Evening) -> str:
    return reverse(
        "evenings:registration",
        args=[evening.territory.slug, evening.public_id, registration.public_id],
    )


def closed(request: HttpRequest, evening: Evening) -> HttpResponse:
    """Registration is not open: what was typed is not kept, and a way on is offered."""
    status = 409 if request.method == "POST" else 200
    return render(request, "evenings/registration_closed.html", {"evening": evening}, status=status)


def _known(request: HttpRequest) -> dict[str, Any]:
    """What we know of a signed-in person, so that they need not type it."""
    person: Person | None = request.rights.person  # type: ignore[attr-defined]
    if person is None:
        return {}
    return {
        "first_name": person.first_name,
        "last_name": person.last_name,
        "email": person.email,
        "sphere": person.sphere.code if person.sphere else None,
        "commune": person.commune,
        "commune_code": person.commune_code,
    }


def _oneself(request: HttpRequest, first_name: str, last_name: str) -> Person | None:
    """The signed-in person, when it is themself whom they register."""
    person: Person | None = request.rights.person  # type: ignore[attr-defined]
    if person and same_name(person.name, f"{first_name} {last_name}"):
        return person
    return None


def allowance(act: str, evening: Evening, email: str) -> str:
    """The key of what one address may ask of one evening; the address itself is not kept."""
    return f"{act}:{evening.public_id}:{mark_of(email)}"


def _scope(request: HttpRequest) -> str:
    """Path and answers: on a shared tablet, the next person's form may carry the last one's key."""
    said = sorted(
        (name, value)
        for name, values in request.POST.lists()
        if name not in {"csrfmiddlewaretoken", "act"}
        for value in values
    )
    return f"{request.path}#{hashlib.sha256(repr(said).encode()).hexdigest()[:32]}"
