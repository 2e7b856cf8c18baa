"""Trusting people with roles: invitations by link, and roles given back."""

import base64
import hashlib
import hmac
from datetime import datetime, timedelta

from django.conf import settings

from essor.kit.ids import new_public_id
from essor.kit.locks import lock
from essor.ledger.actions import Named, action, nothing_changed, record
from essor.people.actions import digest_of
from essor.people.models import Person
from essor.territories.letters import post_invitation
from essor.territories.models import Invitation, Role, Territory

LASTS = timedelta(days=14)
OFFERED = (
    Role.Kind.HOST,
    Role.Kind.FACILITATOR,
    Role.Kind.DOOR,
    Role.Kind.COMMITTEE,
    Role.Kind.SUPPORTER,
)
"""Roles that hosts may give; a network coordinator is named by whoever runs the server."""


class InvitationRefused(Exception):
    """An invitation that cannot be used: ``reason`` is ``unknown``, ``expired``, ``used`` or
    ``withdrawn``."""

    def __init__(self, reason: str, invitation: Invitation | None = None) -> None:
        super().__init__(reason)
        self.reason, self.invitation = reason, invitation


class RoleNotOffered(Exception):
    """Hosts cannot give this role."""


class LastHost(Exception):
    """A territory keeps at least one host: name another one first."""


@action
def invite(*, territory: Territory, kind: str, email: str, by: Person, at: datetime) -> Invitation:
    """Make a link that offers the role ``kind``; with an address, it is mailed there as well."""
    if kind not in OFFERED:
        raise RoleNotOffered
    public_id = new_public_id()
    invitation = Invitation.objects.create(
        public_id=public_id,
        territory=territory,
        kind=kind,
        digest=digest_of(token_of(public_id)),
        email=email.strip().lower(),
        made_by=by,
        made_at=at,
        expires_at=at + LASTS,
    )
    record(by=by, at=at, verb="invited", of=invitation, territory=territory, data={"role": kind})
    if invitation.email:
        post_invitation(invitation, token=token_of(public_id), at=at)
    return invitation


def token_of(public_id: str) -> str:
    """The token of an invitation: made from the server's secret, so that hosts may see their link
    again while the database alone opens nothing."""
    secret = settings.SECRET_KEY.encode()
    made = hmac.digest(secret, f"invitation:{public_id}".encode(), hashlib.sha256)
    return base64.urlsafe_b64encode(made[:24]).decode()


def read_invitation(*, territory: Territory, token: str, at: datetime) -> Invitation:
    """Look at an invitation without using it; raises ``InvitationRefused``."""
    invitation = (
        Invitation.objects.select_related("territory", "made_by", "accepted_by")
        .filter(territory=territory, digest=digest_of(token))
        .first()
    )
    if invitation is None:
        raise InvitationRefused("unknown")
    if invitation.accepted_at:
        raise InvitationRefused("used", invitation)
    if invitation.withdrawn_at:
        raise InvitationRefused("withdrawn", invitation)
    if invitation.expires_at <= at:
        raise InvitationRefused("expired", invitation)
    return invitation


@action
def accept_invitation(*, territory: Territory, token: str, by: Person, at: datetime) -> Role:
    """Give ``by`` the role, once; raises ``InvitationRefused``. A role held already is kept."""
    invitation = read_invitation(territory=territory, token=token, at=at)
    taken = Invitation.objects.filter(pk=invitation.pk, accepted_at=None, withdrawn_at=None).update(
        accepted_by=by, accepted_at=at
    )
    if not taken:
        raise InvitationRefused("used", invitation)
    role, _ = Role.objects.get_or_create(
        person=by, territory=territory, kind=invitation.kind, defaults={"since": at}
    )
    record(by=by, at=at, verb="joined", of=by, territory=territory, data={"role": invitation.kind})
    return role


@action
def withdraw_invitation(*, invitation: Invitation, by: Named | None, at: datetime) -> Invitation:
    """Take an unused invitation back; raises ``InvitationRefused`` where it was used meanwhile."""
    changed = Invitation.objects.filter(
        pk=invitation.pk, accepted_at=None, withdrawn_at=None
    ).update(withdrawn_at=at)
    invitation.refresh_from_db()
    if changed:
        record(by=by, at=at, verb="invitation_withdrawn", of=invitation,
               territory=invitation.territory)  # fmt: skip
    elif invitation.accepted_at:
        raise InvitationRefused("used", invitation)
    else:
        nothing_changed()
    return invitation


@action
def end_role(*, role: Role, by: Named | None, at: datetime) -> None:
    """Take a role away, or give one's own back; raises ``LastHost``."""
    territory = role.territory
    if territory is not None:
        lock(territory)  # two hosts who leave at once wait for each other here
    if role.kind == Role.Kind.HOST:
        others = Role.objects.filter(territory=territory, kind=role.kind).exclude(pk=role.pk)
        if not others.exists():
            raise LastHost
    gone, _ = Role.objects.filter(pk=role.pk).delete()
    if not gone:
        nothing_changed()
        return
    record(by=by, at=at, verb="role_ended", of=role.person, territory=territory,
           data={"role": role.kind})  # fmt: skip
