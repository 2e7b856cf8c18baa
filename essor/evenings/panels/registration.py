"""Evenings in the header and on home pages; the personal link of a registration."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from essor.evenings.doors import REGISTRATION
from essor.evenings.letters import PURPOSE
from essor.evenings.models import Evening, Registration
from essor.evenings.queries.registrations import registrations_of
from essor.kit import navigation
from essor.kit.panels import Panel, register
from essor.people.links import register_key
from essor.people.models import Person, PersonalLink


def registration_page(link: PersonalLink) -> str | None:
    """The page of one's registration, which the browser that opened the link holds from now on."""
    registrations = Registration.objects.select_related("evening__territory")
    found = registrations.filter(public_id=link.subject, person=link.person_id).first()
    if found is None:
        return None
    slug = found.evening.territory.slug
    return reverse("evenings:registration", args=[slug, found.evening.public_id, found.public_id])


def lists_and_prints(request: HttpRequest, evening: Evening) -> Panel | None:
    """Importing a list, taking one out, printing: for hosts, on the evening's desk."""
    rights = request.rights  # type: ignore[attr-defined]
    return Panel("evenings/_desk_lists.html", {"evening": evening}) if rights.is_host else None


def my_evenings(request: HttpRequest, person: Person) -> Panel | None:
    """Where I come, or came: to my registration for whoever is signed in, else to the evening."""
    mine = registrations_of(person)
    opens = person == request.visitor.person  # type: ignore[attr-defined]
    return Panel("evenings/_my_evenings.html", {"mine": mine, "opens": opens}) if mine else None


register_key(
    PURPOSE,
    REGISTRATION,
    registration_page,
    button=_("Open my registration"),
    recognised=False,  # one address may register a household
)
navigation.add(_("Evenings"), "evenings:evenings", order=30)
register("me", my_evenings, order=5)
register("evening_desk", lists_and_prints, order=40)
