"""One challenge: its public page, and how hosts word, open and close it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from essor.challenges.actions import (
    MoveNotAllowed,
    move_challenge,
    rewrite_challenge,
    word_challenge,
)
from essor.challenges.doors import a_challenge
from essor.challenges.forms.wording import WordingForm, words_of
from essor.challenges.interest import interest_in
from essor.challenges.lot import PROMPTS
from essor.challenges.models import Challenge
from essor.challenges.provenance import groups_to_word, provenance_of, shown_elsewhere
from essor.challenges.queries import neighbours_of
from essor.challenges.states import may_become
from essor.kit import clock
from essor.kit.once import once
from essor.kit.rewording import WrittenMeanwhile
from essor.ledger.kept import kept
from essor.people.hands import last_hand
from essor.territories.doors import HOST, door
from essor.territories.models import Territory


def address_of(challenge: Challenge, territory: Territory) -> str:
    return reverse("challenges:challenge", args=[territory.slug, challenge.public_id])


@kept
@door(opens=(a_challenge,))
def challenge(request: HttpRequest, challenge: Challenge) -> HttpResponse:
    """Its public page; one that was merged leads to the challenge that it is a part of now."""
    if challenge.merged_into is not None:
        territory = request.territory  # type: ignore[attr-defined]
        return redirect(address_of(challenge.merged_into, territory))
    team = request.rights.is_team  # type: ignore[attr-defined]
    context = {
        "challenge": challenge,
        "themes": list(challenge.themes.all()),
        "neighbours": neighbours_of(challenge, with_drafts=team),
        "born": provenance_of(challenge, for_team=team),
        "absorbed": list(challenge.absorbed.order_by("id")),
        "elsewhere": shown_elsewhere(challenge),
        "interest": interest_in([challenge]).get(challenge.pk),
        "hosts": list(challenge.hosts.all()) if team else [],
        "prompts": [(each, each.code in challenge.checks) for each in PROMPTS] if team else [],
        "moves": [state for state in Challenge.State if may_become(challenge, state)],
    }
    return render(request, "challenges/challenge.html", context)


@door(HOST)
def new_wording(request: HttpRequest) -> HttpResponse:
    """Word a new challenge."""
    return _word(request, None)


@door(HOST, opens=(a_challenge,))
def wording(request: HttpRequest, challenge: Challenge) -> HttpResponse:
    """Reword a challenge."""
    return _word(request, challenge)


def _word(request: HttpRequest, challenge: Challenge | None) -> HttpResponse:
    territory: Territory = request.territory  # type: ignore[attr-defined]
    form = WordingForm(request.POST or None, territory=territory, challenge=challenge)
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            by, at = request.visitor.person, clock.now()  # type: ignore[attr-defined]
            if challenge is None:
                kept = word_challenge(territory=territory, wording=form.wording, by=by, at=at)
                messages.success(request, _("Kept as a draft: your team alone sees it."))
            else:
                form.look_again(challenge, words_of)
                kept = rewrite_challenge(challenge=challenge, wording=form.wording, by=by, at=at)
                messages.success(request, _("Kept."))
            return address_of(kept, territory)

        try:
            return once(request, act)
        except WrittenMeanwhile as news:
            form.tell(news, last_hand(challenge, "rewritten"))
    shown = {
        "form": form,
        "challenge": challenge,
        "groups": [] if challenge else groups_to_word(territory),
    }
    return render(request, "challenges/wording.html", shown, status=422 if form.errors else 200)


@door(HOST, opens=(a_challenge,), redirects=True)
def state(request: HttpRequest, challenge: Challenge) -> HttpResponse:
    """Open, close or take back (POST ``state``); GET leads to the challenge, where the buttons are."""
    territory: Territory = request.territory  # type: ignore[attr-defined]

    def act() -> str:
        wanted = request.POST.get("state", "")
        by, at = request.visitor.person, clock.now()  # type: ignore[attr-defined]
        try:
            moved = move_challenge(challenge=challenge, state=wanted, by=by, at=at)
        except MoveNotAllowed:
            messages.warning(request, _("Somebody changed this challenge meanwhile: look again."))
        else:
            messages.success(
                request, _("This challenge is now: %(s)s.") % {"s": moved.get_state_display()}
            )
        return address_of(challenge, territory)

    if request.method != "POST":
        return HttpResponse(status=302, headers={"Location": address_of(challenge, territory)})
    return once(request, act)
