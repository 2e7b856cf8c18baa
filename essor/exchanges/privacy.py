"""What this room keeps of people: what they promised."""

from django.utils.translation import gettext_lazy as _

from essor.exchanges.models import Commitment
from essor.kit.privacy import Personal, Seen, declare

declare(
    Commitment,
    _("commitments"),
    subject="person",
    personal={
        "person kind what quantity until until_said condition": Personal(
            _("to bring a promise and a project together, and to thank"),
            _("until the person asks for erasure"),
            Seen.TEAM,
        )
    },
    plain="public_id territory project state state_at origin created_at",
)
