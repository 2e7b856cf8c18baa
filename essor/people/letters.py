"""Mails about persons: a personal link sent again."""

from datetime import datetime

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from essor.kit.mail import Letter, post
from essor.ledger.actions import Named, action
from essor.people.actions import make_link
from essor.people.links import Purpose, link_address
from essor.people.models import PersonalLink


@action
def send_again(*, link: PersonalLink, purpose: Purpose, by: Named | None, at: datetime) -> None:
    """Make a new link like ``link`` and mail it to the address on file."""
    person = link.person
    token = make_link(
        person=person,
        purpose=link.purpose,
        subject=link.subject,
        lasts=purpose.lasts,
        by=by,
        at=at,
    )
    with translation.override(person.language):
        text = render_to_string(
            "people/mail/link.txt",
            {"person": person, "purpose": purpose, "address": link_address(token)},
        )
        subject = _("Your new link")
    post(Letter(address=person.email, person=person.public_id, subject=subject, text=text), at=at)
