"""Saying that something is wrong with a treasure; the team's kind looks; the keeper's answer."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from essor.kit.limits import TooOften
from essor.kit.once import once
from essor.territories.doors import HOST, door
from essor.treasures.actions.remarks import (
    NothingToAppeal,
    ReasonMissing,
    SettledAlready,
    appeal,
    decline,
    hide_treasure,
    propose_correction,
    show_treasure,
    take_up,
)
from essor.treasures.doors import a_correction, a_treasure
from essor.treasures.forms.remarks import DecisionForm, RemarkForm
from essor.treasures.forms.treasures import WordsForm
from essor.treasures.keeping import by, spend_remark
from essor.treasures.letters import page_of
from essor.treasures.models import Correction, Treasure
from essor.treasures.queries.care import SHOWN, hidden_ones, remarks_waiting, treasures_waiting
from essor.treasures.rules import KEEPERS, keeps_treasure
from essor.treasures.sentences import told


@door(opens=(a_treasure,))
@never_cache
def remark(request: HttpRequest, treasure: Treasure) -> HttpResponseBase:
    """It is gone, it names somebody, it is an advertisement: without an account."""
    form = RemarkForm(request.POST if request.method == "POST" else None)

    def act() -> str:
        device, who = spend_remark(request, treasure.territory), request.visitor.recognised  # type: ignore[attr-defined]
        propose_correction(
            treasure=treasure, changes={}, person=who, device=device, **form.cleaned_data,
            **by(request),
        )  # fmt: skip
        messages.success(request, _("Thank you. The team looks at it and decides with a reason."))
        return page_of(treasure)

    if request.method == "POST" and form.is_valid():
        try:
            return once(request, act)
        except TooOften:
            form.add_error(None, _("That is a lot at once: nothing is lost, send it in a while."))
    context = {"treasure": treasure, "form": form}
    return render(request, "treasures/remark.html", context, status=422 if form.errors else 200)


@door(opens=(a_treasure,), own=keeps_treasure, name="whoever wrote it down")
@never_cache
def appealing(request: HttpRequest, treasure: Treasure) -> HttpResponseBase:
    """The keeper of a hidden treasure answers the team."""
    form = WordsForm(request.POST if request.method == "POST" else None)

    def act() -> str:
        appeal(treasure=treasure, words=form.cleaned_data["words"], **by(request))
        messages.success(request, _("The team looks at it once more, and answers."))
        return page_of(treasure)

    if request.method == "POST" and form.is_valid():
        try:
            return once(request, act)
        except NothingToAppeal:
            return redirect(page_of(treasure))
    context = {"treasure": treasure, "form": form}
    return render(request, "treasures/appeal.html", context, status=422 if form.errors else 200)


@door(*KEEPERS)
def care(request: HttpRequest) -> HttpResponseBase:
    """What people said of treasures, what waits for a look, what is hidden."""
    territory = request.territory  # type: ignore[attr-defined]
    context = {
        "remarks": [(each, told(each)) for each in remarks_waiting(territory)[:SHOWN]],
        "waiting": list(treasures_waiting(territory)[:SHOWN]),
        "hidden": list(hidden_ones(territory)[:SHOWN]),
    }
    return render(request, "treasures/care.html", context)


@door(*KEEPERS, opens=(a_correction,))
@require_POST
def settlement(request: HttpRequest, correction: Correction) -> HttpResponseBase:
    """Take up what was said, leave the treasure as it is, or hide it; the last two say why."""
    form = DecisionForm(request.POST, acts=("take", "decline", "hide"))
    if not form.is_valid():
        return redirect(_care_of(correction.treasure))

    def act() -> str:
        do, why = form.cleaned_data["do"], form.cleaned_data["why"]
        if do == "take":
            take_up(correction=correction, **by(request))
        elif do == "hide":
            hide_treasure(
                treasure=correction.treasure, correction=correction, why=why, **by(request)
            )
        else:
            decline(correction=correction, why=why, **by(request))
        return _care_of(correction.treasure)

    return _decided(request, act, correction.treasure)


@door(HOST, opens=(a_treasure,))
@require_POST
def decision(request: HttpRequest, treasure: Treasure) -> HttpResponseBase:
    """Show a treasure that waited or was hidden, or hide it; hiding says why."""
    form = DecisionForm(request.POST, acts=("hide", "show"))
    if not form.is_valid():
        return redirect(_care_of(treasure))

    def act() -> str:
        if form.cleaned_data["do"] == "hide":
            hide_treasure(treasure=treasure, why=form.cleaned_data["why"], **by(request))
        else:
            show_treasure(treasure=treasure, **by(request))
        return _care_of(treasure)

    return _decided(request, act, treasure)


def _decided(request: HttpRequest, act: Callable[[], str], treasure: Treasure) -> HttpResponseBase:
    try:
        answer = once(request, act)
    except ReasonMissing:
        messages.error(request, _("Say why: whoever wrote it reads your words."))
    except SettledAlready:
        messages.info(request, _("Somebody else of the team settled it meanwhile."))
    else:
        messages.success(request, _("Decided."))
        return answer
    return redirect(_care_of(treasure))


def _care_of(treasure: Treasure) -> str:
    return reverse("treasures:care", args=[treasure.territory.slug])
