"""A harvest from its first title to its poster: the list, the settings, the moves, the desk."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from essor.harvest.actions.harvests import (
    MoveRefused,
    change_harvest,
    make_harvest,
    move_harvest,
)
from essor.harvest.doors import SCOUTS, a_harvest
from essor.harvest.forms.harvests import HarvestForm
from essor.harvest.models import Harvest
from essor.harvest.poster import qr_svg, short_address
from essor.harvest.queries.harvests import harvests_of
from essor.harvest.queries.kindness import to_look_at
from essor.harvest.states import MOVES
from essor.kit import clock
from essor.kit.once import once
from essor.kit.rewording import WrittenMeanwhile
from essor.ledger.kept import kept
from essor.people.hands import last_hand
from essor.territories.doors import HOST, door

ORDER = (Harvest.State.OPEN, Harvest.State.SORTING, Harvest.State.CLOSED, Harvest.State.DRAFT)
"""In which order a desk offers where to go next."""


@kept
@door()
def harvests(request: HttpRequest) -> HttpResponse:
    """Every harvest of the territory, the latest first."""
    rights = request.rights  # type: ignore[attr-defined]
    found = harvests_of(rights.territory, with_drafts=rights.is_team)
    return render(request, "harvest/harvests.html", {"harvests": list(found)})


@door(HOST)
def new_harvest(request: HttpRequest) -> HttpResponseBase:
    """A title is enough to begin; nobody sees it before it is opened."""
    territory = request.territory  # type: ignore[attr-defined]
    form = HarvestForm(_posted(request), initial={"show_ideas": True, "fate_days": 120})

    def act() -> str:
        made = make_harvest(
            territory=territory, details=form.details, by=_who(request), at=clock.now()
        )
        made.territory = territory
        return address_of(made, "desk")

    if request.method == "POST" and form.is_valid():
        return once(request, act)
    status = 422 if form.errors else 200
    return render(request, "harvest/new_harvest.html", {"form": form}, status=status)


@door(HOST, opens=(a_harvest,))
def details(request: HttpRequest, harvest: Harvest) -> HttpResponseBase:
    form = HarvestForm(_posted(request), initial=HarvestForm.initial_of(harvest))

    def act() -> str:
        form.look_again(harvest, HarvestForm.initial_of)
        change_harvest(harvest=harvest, details=form.details, by=_who(request), at=clock.now())
        messages.success(request, _("Saved."))
        return address_of(harvest, "desk")

    if request.method == "POST" and form.is_valid():
        try:
            return once(request, act)
        except WrittenMeanwhile as news:
            form.tell(news, last_hand(harvest, "harvest_made", "harvest_changed"))
    context = {"harvest": harvest, "form": form}
    return render(
        request, "harvest/harvest_details.html", context, status=422 if form.errors else 200
    )


@door(HOST, opens=(a_harvest,))
@require_POST
def moves(request: HttpRequest, harvest: Harvest) -> HttpResponseBase:
    """Opening, sorting, closing, by the state to move to."""
    to = request.POST.get("to", "")

    def act() -> str:
        move_harvest(harvest=harvest, to=to, by=_who(request), at=clock.now())
        return address_of(harvest, "desk")

    try:
        return once(request, act)
    except MoveRefused:
        messages.error(request, _("That does not follow from where the harvest is now."))
        return redirect(address_of(harvest, "desk"))


@door(*SCOUTS, opens=(a_harvest,))
def desk(request: HttpRequest, harvest: Harvest) -> HttpResponse:
    """What the team does with a harvest: gather, type, sort, answer."""
    context = {
        "harvest": harvest,
        "moves": [to for to in ORDER if to in MOVES[harvest.state]],
        "short_address": short_address(harvest),
        "looks": to_look_at(harvest).count(),
    }
    return render(request, "harvest/harvest_desk.html", context)


@door(*SCOUTS, opens=(a_harvest,))
def poster(request: HttpRequest, harvest: Harvest) -> HttpResponse:
    """One sheet for walls and stalls: the question, the QR code, the address to type."""
    address = short_address(harvest)
    context = {
        "harvest": harvest,
        "address": address.split("://", 1)[-1].rstrip("/"),
        "qr": mark_safe(qr_svg(address)),  # noqa: S308 - drawn by us from our own address
    }
    return render(request, "harvest/poster.html", context)


def address_of(harvest: Harvest, page: str) -> str:
    return reverse(f"harvest:{page}", args=[harvest.territory.slug, harvest.public_id])


def _posted(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _who(request: HttpRequest) -> Any:
    return request.rights.person  # type: ignore[attr-defined]
