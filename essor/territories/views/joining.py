"""Accepting an invitation: the page shows a button; pressing it, signed in, gives the role."""

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from essor.kit import clock
from essor.kit.once import once
from essor.people.actions import digest_of
from essor.people.views.links import private
from essor.territories.actions.roles import (
    InvitationRefused,
    accept_invitation,
    read_invitation,
)
from essor.territories.doors import door
from essor.territories.forms.team import ROLE_NOTES
from essor.territories.models import Invitation, Territory


@door()
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    territory: Territory = request.territory  # type: ignore[attr-defined]
    try:
        if request.method == "POST" and request.visitor.person:  # type: ignore[attr-defined]
            return private(_accept(request, territory, token))
        offered = read_invitation(territory=territory, token=token, at=clock.now())
        if request.method == "POST":
            return private(redirect_to_login(request.path))
        return private(_page(request, offered))
    except InvitationRefused as refusal:
        return private(_refused(request, territory, token, refusal))


def _page(request: HttpRequest, offered: Invitation) -> HttpResponse:
    context = {"invitation": offered, "note": ROLE_NOTES.get(offered.kind, "")}  # type: ignore[call-overload]
    return render(request, "territories/invitation.html", context)


def _accept(request: HttpRequest, territory: Territory, token: str) -> HttpResponse:
    def act() -> str:
        role = accept_invitation(
            territory=territory,
            token=token,
            by=request.visitor.person,  # type: ignore[attr-defined]
            at=clock.now(),
        )
        words = _("Welcome! Your role: %(role)s.") % {"role": role.get_kind_display()}
        messages.success(request, words)
        return f"/{territory.slug}/"

    return once(request, act, scope=f"join:{digest_of(token)[:32]}")


def _refused(
    request: HttpRequest, territory: Territory, token: str, refusal: InvitationRefused
) -> HttpResponse:
    """Say why, and what to do; whoever accepted it before is led on."""
    person = request.visitor.person  # type: ignore[attr-defined]
    old = refusal.invitation
    context = {
        "reason": refusal.reason,
        "mine": bool(old and person and old.accepted_by_id == person.pk),
        "host": old.made_by if old else None,
    }
    status = 404 if refusal.reason == "unknown" else 410
    return render(request, "territories/invitation_refused.html", context, status=status)
