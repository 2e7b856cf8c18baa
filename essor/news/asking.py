"""The letter that asks whether somebody at this address really wants to follow a thing."""

from datetime import datetime

from django.utils import translation

from essor.kit.letters import Brand, render_letter
from essor.kit.mail import Letter, post
from essor.news.concerned import things_of
from essor.news.models import FollowingAsked
from essor.people.links import link_address
from essor.territories.brand import brand_of
from essor.territories.models import Territory

PURPOSE = "following"


def post_asked(asked: FollowingAsked, *, token: str, at: datetime) -> None:
    """Name the thing, with the link that confirms."""
    person, key = asked.person, (asked.of_type, asked.of_id)
    with translation.override(person.language):
        thing = things_of([key])[key]
        here = Territory.objects.filter(public_id=thing.territory).first()
        brand = brand_of(here) if here else Brand()
        context = {"thing": thing, "link": link_address(token)}
        subject, text, html = render_letter("news/mail/following.txt", context, brand)
    post(
        Letter(address=person.email, person=person.public_id, subject=subject, text=text,
               html=html, brand=brand),
        at=at,
    )  # fmt: skip
