"""What personal links lead to: each upper room says it for its own purposes.

    register_purpose("registration", open_registration, button=_("Open my registration"))

``open_registration(request, link)`` is called once, when the person pressed the button: it lets
the browser in (``request.visitor.give_key``) and answers the address to go on to. Make links with
``people.actions.make_link`` and write ``link_address(token)`` in the mail.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise

from essor.people.models import PersonalLink

LeadTo = Callable[[HttpRequest, PersonalLink], str]
LASTS = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Purpose:
    """One use of personal links: where it leads, in which words, and how long it lasts.

    ``still_open`` answers the address again, or nothing, for a browser that used this very link
    before: whoever taps twice on the link in a mail is not sent away.
    """

    name: str
    lead_to: LeadTo
    button: str | Promise
    lasts: timedelta = LASTS
    still_open: Callable[[HttpRequest, PersonalLink], str | None] | None = None


_purposes: dict[str, Purpose] = {}


def register_purpose(
    name: str,
    lead_to: LeadTo,
    *,
    button: str | Promise,
    lasts: timedelta = LASTS,
    still_open: Callable[[HttpRequest, PersonalLink], str | None] | None = None,
) -> None:
    """Say where links of purpose ``name`` lead; call it from the room's ``apps.ready``."""
    _purposes[name] = Purpose(name, lead_to, button, lasts, still_open)


def purpose_of(link: PersonalLink) -> Purpose | None:
    return _purposes.get(link.purpose)


def link_address(token: str) -> str:
    """The whole address of a personal link, as it stands in a mail."""
    return settings.SITE_URL + reverse("people:link", args=[token])
