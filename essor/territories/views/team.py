"""The host team: who is trusted with what, invitations by link, roles given back."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from essor.kit import clock
from essor.kit.limits import TooOften, spend
from essor.kit.once import once
from essor.people.actions import digest_of
from essor.territories.actions.roles import (
    LASTS,
    InvitationRefused,
    LastHost,
    end_role,
    invite,
    token_of,
    withdraw_invitation,
)
from essor.territories.doors import (
    COMMITTEE,
    DOOR,
    FACILITATOR,
    HOST,
    SUPPORTER,
    a_role,
    an_invitation,
    door,
)
from essor.territories.forms import InvitationForm
from essor.territories.letters import invitation_address
from essor.territories.models import Invitation, Role, Territory
from essor.territories.queries import open_invitations, team_of
from essor.territories.views.settings import settings_page

MOST_A_DAY = 60


@dataclass(frozen=True, slots=True)
class OpenInvitation:
    """An invitation that waits, with its link (none where the server's secret has changed)."""

    invitation: Invitation
    address: str


@door(HOST)
def team(request: HttpRequest) -> HttpResponse:
    territory: Territory = request.territory  # type: ignore[attr-defined]
    form = InvitationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            return once(request, lambda: _invite(request, territory, form))
        except TooOften:
            form.add_error(None, _("Many invitations went out today. Go on tomorrow."))
    context = {
        "roles": team_of(territory),
        "waiting": [_shown(each) for each in open_invitations(territory, at=clock.now())],
        "days": LASTS.days,
    }
    return settings_page(request, "territories/team.html", form, context)


def _shown(invitation: Invitation) -> OpenInvitation:
    token = token_of(invitation.public_id)
    known = digest_of(token) == invitation.digest
    return OpenInvitation(invitation, invitation_address(invitation, token) if known else "")


def _invite(request: HttpRequest, territory: Territory, form: InvitationForm) -> str:
    at = clock.now()
    spend(f"invite:{territory.public_id}", limit=MOST_A_DAY, window=LASTS / LASTS.days, at=at)
    invitation = invite(
        territory=territory,
        kind=form.cleaned_data["kind"],
        email=form.cleaned_data["email"],
        by=request.visitor.person,  # type: ignore[attr-defined]
        at=at,
    )
    if invitation.email:
        messages.success(request, _("Invitation mailed to %(a)s.") % {"a": invitation.email})
    else:
        messages.success(request, _("The link is ready: copy it and pass it on."))
    return reverse("territories:team", args=[territory.slug]) + f"#{invitation.public_id}"


@door(HOST, opens=(an_invitation,), redirects=True)
def withdrawal(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    """Take an invitation back."""
    back = reverse("territories:team", args=[invitation.territory.slug])
    if request.method != "POST":
        return render(request, "territories/withdrawal.html", {"invitation": invitation})

    def act() -> str:
        withdraw_invitation(
            invitation=invitation,
            by=request.visitor.person,  # type: ignore[attr-defined]
            at=clock.now(),
        )
        messages.success(request, _("The invitation is withdrawn: its link opens nothing now."))
        return back

    try:
        return once(request, act)
    except InvitationRefused:
        messages.warning(request, _("Too late: this invitation was accepted meanwhile."))
        return render(
            request, "territories/withdrawal.html", {"invitation": invitation}, status=409
        )


@door(HOST, opens=(a_role,))
def removal(request: HttpRequest, role: Role) -> HttpResponse:
    """Take a role away from somebody, after a page that says what it means."""
    return _end(request, role, "territories/removal.html", "territories:team")


@door(HOST, FACILITATOR, DOOR, COMMITTEE, SUPPORTER)
def leaving(request: HttpRequest) -> HttpResponse:
    """Give one's own roles back."""
    territory: Territory = request.territory  # type: ignore[attr-defined]
    person = request.visitor.person  # type: ignore[attr-defined]
    mine = [role for role in team_of(territory) if role.person_id == person.pk]
    chosen = next((role for role in mine if role.kind == request.POST.get("role")), None)
    if request.method == "POST" and chosen:
        return _end(request, chosen, "territories/leaving.html", "", mine)
    return render(request, "territories/leaving.html", {"mine": mine})


def _end(
    request: HttpRequest, role: Role, template: str, onward: str, mine: list[Role] | None = None
) -> HttpResponse:
    slug = request.territory.slug  # type: ignore[attr-defined]
    context = {"role": role, "mine": mine or []}
    if request.method != "POST":
        return render(request, template, context)

    def act() -> str:
        by = request.visitor.person  # type: ignore[attr-defined]
        end_role(role=role, by=by, at=clock.now())
        messages.success(
            request,
            _("%(name)s no longer has the role “%(role)s”.")
            % {"name": role.person.name, "role": role.get_kind_display()},
        )
        return reverse(onward, args=[slug]) if onward and by != role.person else f"/{slug}/"

    try:
        return once(request, act)
    except LastHost:
        return render(request, template, {**context, "last_host": True}, status=409)
