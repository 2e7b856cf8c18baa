"""What this room keeps of people: roles and invitations."""

from datetime import datetime, timedelta

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from essor.kit.locks import lock_all
from essor.kit.privacy import Personal, Seen, Words, also_forget, declare, goes_after, hinders
from essor.people.models import Person
from essor.territories.models import Invitation, Role, SphereTarget, Territory, Theme

declare(
    Territory,
    _("territories"),
    plain="public_id slug name dynamic_name evening_name promise welcome primary accent logo "
    "language country department host_structure since status sources listed "
    "rehearsal run_here created_at themes",
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


def territories_left_alone(person: Person) -> list[Words]:
    """A territory keeps a host: whoever is its only one names another before leaving."""
    hosted = Territory.objects.filter(roles__person=person, roles__kind=Role.Kind.HOST)
    return [
        gettext(
            "You are the only host of %(territory)s: without you nobody could look after it. "
            "Invite another host on its page “Team”; once they have joined, erase your data."
        )
        % {"territory": territory.name}
        for territory in lock_all(*hosted.order_by("name", "id"))  # two who leave at once wait
        if not Role.objects.filter(territory=territory, kind=Role.Kind.HOST)
        .exclude(person=person)
        .exists()
    ]


def remove_old_invitations(before: datetime) -> int:
    gone, _ = Invitation.objects.filter(expires_at__lt=before).delete()
    return gone


also_forget(forget_invited_address)
hinders(territories_left_alone)
goes_after(_("invitations that ended"), timedelta(days=90), remove_old_invitations)
