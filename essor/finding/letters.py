"""The mail that asks whether a search is really wanted at this address."""

from datetime import datetime

from django.utils import translation

from essor.finding.models import SavedSearch
from essor.kit.letters import Brand, render_letter
from essor.kit.mail import Letter, post
from essor.people.links import link_address
from essor.territories.brand import brand_of


def post_confirmation(search: SavedSearch, *, token: str, at: datetime) -> None:
    """Name the words and the place, with the link that confirms; nothing else leaves before."""
    person, brand = search.person, brand_of(search.territory) if search.territory else Brand()
    with translation.override(person.language):
        context = {"search": search, "link": link_address(token)}
        subject, text, html = render_letter("finding/mail/confirm.txt", context, brand)
    post(
        Letter(address=person.email, person=person.public_id, subject=subject, text=text,
               html=html, brand=brand),
        at=at,
    )  # fmt: skip
