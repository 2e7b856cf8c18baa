"""Where this room's own personal links lead."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from essor.people.doors import ME, oneself_of
from essor.people.letters import MY_DATA
from essor.people.links import A_DAY, register_purpose
from essor.people.models import PersonalLink


def open_my_data(request: HttpRequest, link: PersonalLink) -> str:
    request.visitor.give_key(ME, link.person.public_id)  # type: ignore[attr-defined]
    return reverse("people:data")


def still_open(request: HttpRequest, link: PersonalLink) -> str | None:
    return reverse("people:data") if oneself_of(request) == link.person else None


register_purpose(
    MY_DATA,
    open_my_data,
    button=_("See what is kept of me"),
    lasts=A_DAY,
    still_open=still_open,
    oneself=True,
)
