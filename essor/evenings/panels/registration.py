"""Evenings in the header and on home pages; the personal link of a registration."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from essor.evenings.doors import REGISTRATION
from essor.evenings.letters import PURPOSE
from essor.evenings.models import Evening, Registration
from essor.kit import navigation
from essor.kit.panels import Panel, register
from essor.people.links import register_purpose
from essor.people.models import PersonalLink


def open_registration(request: HttpRequest, link: PersonalLink) -> str:
    """The holder of the link holds the registration from now on, in this browser."""
    registration = _linked(link)
    if registration is None:
        return "/"
    request.visitor.give_key(REGISTRATION, registration.public_id)  # type: ignore[attr-defined]
    return _page(registration)


def still_open(request: HttpRequest, link: PersonalLink) -> str | None:
    """The address again, for the browser that used this link before."""
    registration = _linked(link)
    held = registration and request.visitor.holds(REGISTRATION, registration.public_id)  # type: ignore[attr-defined]
    return _page(registration) if registration and held else None


def _linked(link: PersonalLink) -> Registration | None:
    return (
        Registration.objects.select_related("evening__territory")
        .filter(public_id=link.subject, person=link.person_id)
        .first()
    )


def _page(registration: Registration) -> str:
    evening = registration.evening
    return reverse(
        "evenings:registration",
        args=[evening.territory.slug, evening.public_id, registration.public_id],
    )


def lists_and_prints(request: HttpRequest, evening: Evening) -> Panel | None:
    """Importing a list, taking one out, printing: for hosts, on the evening's desk."""
    rights = request.rights  # type: ignore[attr-defined]
    return Panel("evenings/_desk_lists.html", {"evening": evening}) if rights.is_host else None


register_purpose(
    PURPOSE, open_registration, button=_("Open my registration"), still_open=still_open
)
navigation.add(_("Evenings"), "evenings:evenings", order=30)
register("evening_desk", lists_and_prints, order=40)
