"""What personal links lead to: each upper room says it for its own purposes.

    register_key("registration", REGISTRATION, page_of_link, button=_("Open my registration"))

``page_of_link(link)`` answers the address of what the link names, or nothing once that is gone.
When the person presses the button, the browser gets the key and goes on to that address. Links
that do something else say it themselves (``register_purpose``). Make links with
``people.actions.make_link`` and write ``link_address(token)`` in the mail.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise

from essor.people.models import PersonalLink
from essor.people.visitor import PERSON

LeadTo = Callable[[HttpRequest, PersonalLink], str]
A_DAY, A_WEEK = timedelta(days=1), timedelta(days=7)
TWO_MONTHS, THREE_MONTHS = timedelta(days=60), timedelta(days=90)
A_YEAR, THREE_YEARS = timedelta(days=365), timedelta(days=3 * 365)


@dataclass(frozen=True, slots=True)
class Purpose:
    """One use of personal links: where it leads, in which words, and how long it lasts.

    ``still_open`` answers the address again, or nothing, for a browser that used this very link
    before: whoever taps twice on the link in a mail is not sent away.
    """

    name: str
    lead_to: LeadTo
    button: str | Promise
    lasts: timedelta
    still_open: Callable[[HttpRequest, PersonalLink], str | None] | None = None
    oneself: bool = False
    """It opens what is one person's alone: nobody else's account may stand open beside it."""


_purposes: dict[str, Purpose] = {}


def register_purpose(
    name: str,
    lead_to: LeadTo,
    *,
    button: str | Promise,
    lasts: timedelta = TWO_MONTHS,
    still_open: Callable[[HttpRequest, PersonalLink], str | None] | None = None,
    oneself: bool = False,
) -> None:
    """Say where links of purpose ``name`` lead; call it from the room's ``apps.ready``."""
    _purposes[name] = Purpose(name, lead_to, button, lasts, still_open, oneself)


def register_key(
    name: str,
    kind: str,
    address_of: Callable[[PersonalLink], str | None],
    *,
    button: str | Promise,
    lasts: timedelta = TWO_MONTHS,
    others: Callable[[PersonalLink], Iterable[str]] = lambda link: (),
    recognised: bool = True,
) -> None:
    """Links of purpose ``name`` give the key ``kind`` of their subject, and lead to its page.

    ``others``: public ids whose keys go along, the newest last. ``recognised``: the browser is
    known as the person's from then on, on every page that asks.
    """

    def lead_to(request: HttpRequest, link: PersonalLink) -> str:
        address = address_of(link)
        if address is None:
            return "/"
        visitor = request.visitor  # type: ignore[attr-defined]
        for public_id in (*others(link), link.subject):
            visitor.give_key(kind, public_id)
        if recognised:
            visitor.give_key(PERSON, link.person.public_id)
        return address

    def still_open(request: HttpRequest, link: PersonalLink) -> str | None:
        held = request.visitor.holds(kind, link.subject)  # type: ignore[attr-defined]
        return address_of(link) if held else None

    register_purpose(name, lead_to, button=button, lasts=lasts, still_open=still_open)


def purpose_of(link: PersonalLink) -> Purpose | None:
    return _purposes.get(link.purpose)


def lasting(purpose: str) -> timedelta:
    """How long links of ``purpose`` open their page; ``KeyError`` where no room registered it."""
    return _purposes[purpose].lasts


def button_of(purpose: str) -> str:
    """What the button of such links says, in the language that is active; ``KeyError`` as above."""
    return str(_purposes[purpose].button)


def link_address(token: str) -> str:
    """The whole address of a personal link, as it stands in a mail."""
    return settings.SITE_URL + reverse("people:link", args=[token])
