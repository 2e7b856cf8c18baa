"""Where the button of the letter leads that confirms a following."""

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from essor.kit import clock
from essor.news.actions import confirm_following
from essor.news.asking import PURPOSE
from essor.news.concerned import things_of
from essor.news.models import FollowingAsked
from essor.people.links import A_WEEK, register_purpose
from essor.people.models import PersonalLink
from essor.people.visitor import PERSON


def lead_to(request: HttpRequest, link: PersonalLink) -> str:
    """Follow what the link names, and show it; this browser is known as theirs from now on."""
    asked = FollowingAsked.objects.filter(public_id=link.subject, person=link.person).first()
    if asked is None:
        messages.warning(request, _("This was asked too long ago. Ask again if you like."))
        return "/"
    key = (asked.of_type, asked.of_id)
    confirm_following(asked=asked, by=link.person, at=clock.now())
    request.visitor.give_key(PERSON, link.person.public_id)  # type: ignore[attr-defined]
    messages.success(request, _("Confirmed: what is new comes with your mail of the week."))
    thing = things_of([key]).get(key)
    return thing.address if thing else "/"


def register() -> None:
    register_purpose(PURPOSE, lead_to, button=gettext_lazy("Tell me what is new"), lasts=A_WEEK)
