"""Mails about persons: a personal link sent again."""

from datetime import datetime

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from essor.kit.mail import Letter, post
from essor.ledger.actions import Named, action, nothing_changed
from essor.people.actions import make_link
from essor.people.links import Purpose, link_address
from essor.people.models import Person, PersonalLink

MY_DATA = "my_data"


@action
def send_again(*, link: PersonalLink, purpose: Purpose, by: Named | None, at: datetime) -> None:
    """Make a new link like ``link`` and mail it to the address on file."""
    person = link.person
    token = make_link(person=person, purpose=link.purpose, subject=link.subject, by=by, at=at)
    with translation.override(person.language):
        text = render_to_string(
            "people/mail/link.txt",
            {"person": person, "purpose": purpose, "address": link_address(token)},
        )
        subject = _("Your new link")
    post(Letter(address=person.email, person=person.public_id, subject=subject, text=text), at=at)


@action
def post_data_links(*, email: str, by: Named | None = None, at: datetime) -> None:
    """Mail a link to their data to everybody known at ``email``; nothing where nobody is."""
    people = (
        list(Person.objects.filter(email=email, erased_at=None).order_by("pk")) if email else []
    )
    if not people:
        nothing_changed()
        return
    for person in people:
        token = make_link(person=person, purpose=MY_DATA, subject="", by=by, at=at)
        with translation.override(person.language):
            text = render_to_string(
                "people/mail/data_link.txt", {"person": person, "address": link_address(token)}
            )
            subject = _("What we keep of you")
        post(Letter(address=email, person=person.public_id, subject=subject, text=text), at=at)
