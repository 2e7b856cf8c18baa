"""What this room keeps of people: roles and invitations."""

from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from essor.kit.privacy import Personal, Seen, also_forget, declare, goes_after
from essor.people.models import Person
from essor.territories.models import Invitation, Role, SphereTarget, Territory, Theme

declare(
    Territory,
    _("territories"),
    plain="public_id slug name dynamic_name evening_name promise welcome primary accent logo "
    "language country department host_structure since status sources listed "
    "run_here created_at themes",
    mentions="note",
)
declare(Theme, _("themes"), plain="territory code name_fr name_en order")
declare(SphereTarget, _("hoped shares of spheres"), plain="territory sphere percent")
declare(
    Role,
    _("roles in a team"),
    subject="person",
    personal={
        "person kind since": Personal(
            _("to open the team's pages to those who are trusted with them"),
            _("as long as the role is held"),
            Seen.HOSTS,
        )
    },
    plain="territory",
)
declare(
    Invitation,
    _("invitations to a team"),
    subject="accepted_by",
    personal={
        "email": Personal(
            _("to mail the invitation"), _("until it is accepted, or 90 days"), Seen.HOSTS
        ),
        "accepted_by accepted_at": Personal(
            _("to know who joined by which link"), _("90 days after its end"), Seen.HOSTS
        ),
    },
    plain="public_id territory kind made_by made_at expires_at withdrawn_at",
    keys="digest",
)


def forget_invited_address(person: Person, at: datetime) -> None:
    if person.email:
        Invitation.objects.filter(email__iexact=person.email).delete()


def remove_old_invitations(before: datetime) -> int:
    gone, _ = Invitation.objects.filter(expires_at__lt=before).delete()
    return gone


also_forget(forget_invited_address)
goes_after(_("invitations that ended"), timedelta(days=90), remove_old_invitations)
