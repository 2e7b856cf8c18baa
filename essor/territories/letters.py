"""Mails in a territory's name: an invitation to take a role, and what other rooms write to people."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from essor.kit.letters import render_letter
from essor.kit.mail import Letter, post
from essor.people.models import Person
from essor.territories.brand import brand_of
from essor.territories.models import Invitation, Territory


def invitation_address(invitation: Invitation, token: str) -> str:
    """The whole address of an invitation, to copy or to mail."""
    return settings.SITE_URL + reverse(
        "territories:invitation", args=[invitation.territory.slug, token]
    )


def post_invitation(invitation: Invitation, *, token: str, at: datetime) -> None:
    """Mail the invitation, in the territory's language."""
    territory = invitation.territory
    with translation.override(territory.language):
        text = render_to_string(
            "territories/mail/invitation.txt",
            {
                "invitation": invitation,
                "territory": territory,
                "address": invitation_address(invitation, token),
            },
        )
        subject = _("%(territory)s invites you: %(role)s") % {
            "territory": territory.name,
            "role": invitation.get_kind_display(),
        }
    post(
        Letter(
            address=invitation.email,
            subject=subject,
            text=text,
            key=f"invitation:{invitation.public_id}",
        ),
        at=at,
    )


def post_to(
    person: Person,
    territory: Territory,
    template: str,
    context: Mapping[str, Any],
    *,
    key: str,
    at: datetime,
    **more: Any,
) -> None:
    """Mail ``template`` to ``person``, in their language and with the territory's look.

    ``key`` and ``more`` are those of ``Letter``.
    """
    brand = brand_of(territory)
    everything = {**context, "person": person, "territory": territory}
    with translation.override(person.language):
        subject, text, html = render_letter(template, everything, brand)
        letter = Letter(
            address=person.email,
            subject=subject,
            text=text,
            html=html,
            person=person.public_id,
            key=key,
            brand=brand,
            **more,
        )
    post(letter, at=at)
