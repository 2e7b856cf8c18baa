"""Mails about territories: an invitation to take a role."""

from datetime import datetime

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from essor.kit.mail import Letter, post
from essor.territories.models import Invitation


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
