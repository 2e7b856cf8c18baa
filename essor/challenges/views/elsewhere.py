"""Somebody already works on this: what looks close, and what the team did about it."""

from contextlib import suppress

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from essor.challenges.actions.echoes import NoSuchWork, Noted, note_echo
from essor.challenges.actions.feeding import feeding_ideas
from essor.challenges.doors import a_challenge
from essor.challenges.forms.ideas import EchoForm
from essor.challenges.models import Challenge
from essor.challenges.provenance import Elsewhere, elsewhere_of
from essor.kit import clock
from essor.kit.once import once
from essor.territories.doors import HOST, door
from essor.territories.models import Territory


@door(HOST, opens=(a_challenge,))
def elsewhere(request: HttpRequest, challenge: Challenge) -> HttpResponse:
    """The work that looks close, each with its reason; POST keeps what the team did about one."""
    territory: Territory = request.territory  # type: ignore[attr-defined]
    challenge.territory = territory
    rows = elsewhere_of(challenge, feeding_ideas(challenge))
    sent = EchoForm(request.POST) if request.method == "POST" else None

    def act() -> str:
        assert sent is not None
        told = sent.cleaned_data
        why = next((row.reason for row in rows if row.work.key == told["work"]), {})
        by, at = request.visitor.person, clock.now()  # type: ignore[attr-defined]
        with suppress(NoSuchWork):
            note_echo(challenge=challenge, noted=Noted(**told, reason=why), by=by, at=at)
            messages.success(request, _("Noted."))
        return reverse("challenges:elsewhere", args=[territory.slug, challenge.public_id])

    if sent is not None and sent.is_valid():
        return once(request, act)
    shown = {"challenge": challenge, "rows": [(row, _form_of(row, sent)) for row in rows]}
    return render(request, "challenges/elsewhere.html", shown, status=422 if sent else 200)


def _form_of(row: Elsewhere, sent: EchoForm | None) -> EchoForm:
    """The form of one work: as it was just sent, else as it was noted."""
    if sent is not None and sent["work"].value() == row.work.key:
        return sent
    kept = {"note": row.echo.note, "shown": row.echo.shown} if row.echo else {}
    return EchoForm(
        initial={"kind": row.work.kind, "work": row.work.key, **kept}, auto_id=f"{row.work.key}_%s"
    )
