"""Trying a role: the demonstration signs one in as one of its invented people."""

from django.contrib.auth import login, logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from essor.evenings.doors import REGISTRATION
from essor.evenings.models import Evening, Registration
from essor.kit import clock
from essor.kit.doors import demo_only
from essor.kit.once import once
from essor.people.models import Account
from essor.portal.demo.actions import EVENING_ID, EXAMPLE
from essor.portal.demo.cast import PARTS, Part
from essor.portal.demo.moments import (
    AFTER,
    BEFORE,
    DURING,
    NotFromHere,
    begin_evening,
    end_example,
    forget_example,
    moment_of,
)
from essor.portal.demo.start import prepare_demonstration
from essor.territories.models import Role

PARTICIPANT = "participant"
SIGNED_IN = "essor.people.backends.SignedIn"


@demo_only
def roles(request: HttpRequest) -> HttpResponse:
    evening = Evening.objects.select_related("territory").filter(public_id=EVENING_ID).first()
    return render(
        request,
        "portal/demo/roles.html",
        {
            "parts": PARTS,
            "evening": evening,
            "now": current_part(request),
            "moment": moment_of(evening) if evening else "",
        },
    )


@demo_only
@require_POST
def take_role(request: HttpRequest) -> HttpResponse:
    """Become one of the invented people, or nobody; forget what the last role had opened."""
    part = next((each for each in PARTS if each.code == request.POST.get("part")), None)
    back = request.POST.get("next", "")
    logout(request)
    if part is not None:
        login(request, Account.objects.get(email=part.email), backend=SIGNED_IN)
        if part.code == PARTICIPANT:
            registration = registration_of(part)
            request.visitor.give_key(REGISTRATION, registration.public_id)  # type: ignore[attr-defined]
    if url_has_allowed_host_and_scheme(back, {request.get_host()}):
        return HttpResponseRedirect(back)
    return HttpResponseRedirect(_first_page(part))


def registration_of(part: Part) -> Registration:
    """The invented participant's own registration."""
    return Registration.objects.get(
        evening__public_id=EVENING_ID, person__account__email=part.email
    )


def _first_page(part: Part | None) -> str:
    """Where each role has most to see: the desk, a table's phone, the door, one's registration."""
    evening = Evening.objects.filter(public_id=EVENING_ID).first()
    if evening is None or part is None:
        return reverse("portal:home", args=[EXAMPLE])
    if part.code == PARTICIPANT:
        own = registration_of(part).public_id
        return reverse("evenings:registration", args=[EXAMPLE, EVENING_ID, own])
    if part.role == Role.Kind.FACILITATOR:
        table = evening.tables.filter(project=None).first() or evening.tables.first()
        if table is not None:
            return reverse("evenings:phone", args=[EXAMPLE, EVENING_ID, table.public_id])
    page = {Role.Kind.HOST: "portal:desk", Role.Kind.DOOR: "evenings:door"}.get(
        Role.Kind(part.role), "projects:board"
    )
    arguments = [EXAMPLE] if not page.startswith("evenings:") else [EXAMPLE, EVENING_ID]
    return reverse(page, args=arguments)


@demo_only
@require_POST
def take_moment(request: HttpRequest) -> HttpResponse:
    """Move the example on to its evening or the day after, or start it again."""
    at, wanted = clock.now(), request.POST.get("moment", "")
    evening = Evening.objects.select_related("territory").filter(public_id=EVENING_ID).first()

    def act() -> str:
        if evening is None or wanted == BEFORE:
            if evening is not None:
                forget_example(evening=evening, by=None, at=at)
            prepare_demonstration(at=at)
        elif wanted == DURING:
            begin_evening(evening, at=at)
        elif wanted == AFTER:
            end_example(evening, at=at)
        return reverse("demo:roles")

    try:
        return once(request, act)
    except NotFromHere:
        return redirect("demo:roles")


def current_part(request: HttpRequest) -> str:
    """The code of the part that this browser plays; empty for a stranger."""
    if not hasattr(request, "user"):  # an error page before anybody was recognised
        return ""
    if not request.user.is_authenticated:
        return ""
    return next((part.code for part in PARTS if part.email == request.user.email), "")
