"""One's own ballot: cards a few at a time, what one approved, where one's energy goes."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from essor.choosing.actions import (
    VoteOver,
    begin_ballot,
    cast_ballot,
    show_more,
    withdraw_ballot,
)
from essor.choosing.doors import a_vote
from essor.choosing.models import Ballot, Vote, VoteOption
from essor.choosing.rules import takes_ballots
from essor.choosing.views.vote import address_of
from essor.choosing.voter import my_ballot, my_new_digest
from essor.kit import clock
from essor.kit.limits import TooOften, spend
from essor.kit.once import once
from essor.people.views.links import private
from essor.territories.doors import door

AN_HOUR = 120
"""Postings a device and vote: eight cards at a time, nobody needs more."""


@door(opens=(a_vote,), redirects=True)
def ballot(request: HttpRequest, vote: Vote) -> HttpResponse:
    """GET shows my cards or my choices; POST begins, answers, asks for more, takes back (``do``)."""
    mine = my_ballot(request, vote)
    if request.method != "POST":
        if mine is None or not takes_ballots(vote, clock.now()):
            return redirect(address_of(vote))
        return private(render(request, "choosing/ballot.html", _page(vote, mine)))
    try:
        return once(request, lambda: _act(request, vote, mine))
    except VoteOver:
        messages.warning(request, _("This vote is closed: what was kept before counts."))
    except TooOften:
        messages.warning(request, _("That was very fast. Breathe, and try again in an hour."))
    return redirect(address_of(vote))


def _act(request: HttpRequest, vote: Vote, mine: Ballot | None) -> str:
    """Do what the button says; the address to go on to."""
    at, wanted = clock.now(), request.POST.get("do", "")
    device = request.visitor.device  # type: ignore[attr-defined]
    spend(f"ballot:{vote.public_id}:{device}", limit=AN_HOUR, window=timedelta(hours=1), at=at)
    here = reverse("choosing:ballot", args=[vote.territory.slug, vote.public_id])
    if mine is None:
        begin_ballot(vote=vote, voter=my_new_digest(request, vote), by=None, at=at)
        return here
    mine.vote = vote
    if wanted == "withdraw":
        withdraw_ballot(ballot=mine, by=None, at=at)
        messages.success(request, _("Your ballot is gone; nothing of it is kept."))
        return address_of(vote)
    if wanted in {"answer", "more"} and any(key.startswith("on-") for key in request.POST):
        cast_ballot(
            ballot=mine, approved=_approved(request, mine), energy=_energy(request, mine),
            by=None, at=at,
        )  # fmt: skip
        messages.success(request, _("Kept. You may change it until the vote closes."))
    if wanted == "more":
        show_more(ballot=mine, by=None, at=at)
    return here


def _approved(request: HttpRequest, mine: Ballot) -> list[str]:
    """What is approved now: the answers on this page, and earlier ones that it does not show."""
    answered = {key: request.POST.get(f"on-{key}") for key in mine.seen}
    return [
        key
        for key in mine.seen
        if answered[key] == "yes" or (answered[key] is None and key in mine.approved)
    ]


def _energy(request: HttpRequest, mine: Ballot) -> str:
    """Where the energy goes: as posted, as before where this page did not ask."""
    energy = request.POST.get("energy")
    if energy is None:
        return mine.energy if request.POST.get(f"on-{mine.energy}") != "no" else ""
    return energy if energy in mine.seen else ""


def _page(vote: Vote, mine: Ballot) -> dict[str, object]:
    options = {option.key: option for option in vote.options.all()}
    cards = [options[key] for key in mine.waiting if key in options]
    seen: list[tuple[VoteOption, bool, bool]] = [
        (options[key], key in mine.approved, key == mine.energy)
        for key in mine.seen
        if key in options
    ]
    return {
        "vote": vote,
        "mine": mine,
        "cards": cards,
        "seen": sorted(seen, key=lambda row: (not row[2], not row[1])),
        "left": len(options) - len(mine.seen),
        "total": len(options),
    }
