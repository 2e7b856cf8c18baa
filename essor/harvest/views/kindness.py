"""The charter, reporting, the team's look, the author's appeal; taking back and wording anew."""

from collections.abc import Callable
from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from essor.harvest.actions.ideas import correct_idea, withdraw_idea
from essor.harvest.actions.kindness import (
    NothingToAppeal,
    ReasonMissing,
    appeal,
    hide_idea,
    keep_idea,
    report_idea,
)
from essor.harvest.doors import SCOUTS, a_harvest, an_idea, gave_idea
from essor.harvest.forms.ideas import CorrectionForm
from essor.harvest.forms.kindness import AppealForm, DecisionForm, ReportForm
from essor.harvest.giving import page_of
from essor.harvest.models import Harvest, Idea
from essor.harvest.queries.kindness import hidden_ones, to_look_at
from essor.harvest.views.harvests import address_of
from essor.harvest.views.sources import by
from essor.kit import clock
from essor.kit.limits import TooOften, spend
from essor.kit.once import once
from essor.territories.doors import HOST, door

HOUR, A_DEVICE = timedelta(hours=1), 20
SHOWN = 60


@door(opens=(a_harvest,))
def charter(request: HttpRequest, harvest: Harvest) -> HttpResponseBase:
    return render(request, "harvest/charter.html", {"harvest": harvest})


@door(opens=(a_harvest, an_idea))
@never_cache
def report(request: HttpRequest, harvest: Harvest, idea: Idea) -> HttpResponseBase:
    """Ask the team to look at an idea, without an account."""
    form = ReportForm(request.POST if request.method == "POST" else None)
    visitor = request.visitor  # type: ignore[attr-defined]

    def act() -> str:
        at, device = clock.now(), visitor.device
        spend(f"report:{harvest.public_id}:{device}", limit=A_DEVICE, window=HOUR, at=at)
        said, who = form.cleaned_data, visitor.recognised
        report_idea(idea=idea, person=who, device=device, by=who, at=at, **said)
        messages.success(request, _("Thank you. The team looks at it and decides with a reason."))
        return page_of(idea)

    if request.method == "POST" and form.is_valid():
        try:
            return once(request, act)
        except TooOften:
            form.add_error(None, _("That is a lot at once: try again in a while."))
    return _form_page(request, "harvest/report.html", idea, form)


@door(opens=(a_harvest, an_idea), own=gave_idea, name="whoever gave it")
@never_cache
def appealing(request: HttpRequest, harvest: Harvest, idea: Idea) -> HttpResponseBase:
    """The author of a hidden idea answers the team."""
    form = AppealForm(request.POST if request.method == "POST" else None)

    def act() -> str:
        appeal(idea=idea, words=form.cleaned_data["words"], **by(request))
        messages.success(request, _("The team looks at it once more, and answers."))
        return page_of(idea)

    if request.method == "POST" and form.is_valid():
        try:
            return once(request, act)
        except NothingToAppeal:
            return redirect(page_of(idea))
    return _form_page(request, "harvest/appeal.html", idea, form)


@door(opens=(a_harvest, an_idea), own=gave_idea, name="whoever gave it")
@never_cache
def withdrawal(request: HttpRequest, harvest: Harvest, idea: Idea) -> HttpResponseBase:
    """Asks once, then takes the idea back."""
    if request.method == "POST":
        return once(request, _then(idea, lambda: withdraw_idea(idea=idea, **by(request))))
    return render(request, "harvest/withdrawal.html", {"harvest": harvest, "idea": idea})


@door(*SCOUTS, opens=(a_harvest, an_idea), own=gave_idea)
@never_cache
def correction(request: HttpRequest, harvest: Harvest, idea: Idea) -> HttpResponseBase:
    """A clearer wording beside the words as they were said."""
    initial = {"correction": idea.correction or idea.text}
    form = CorrectionForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data["correction"]
        write = _then(idea, lambda: correct_idea(idea=idea, correction=words, **by(request)))
        return once(request, write)
    return _form_page(request, "harvest/correction.html", idea, form)


@door(HOST, opens=(a_harvest,))
def care(request: HttpRequest, harvest: Harvest) -> HttpResponseBase:
    """What waits for a look, and what is hidden."""
    context = {
        "harvest": harvest,
        "ideas": list(to_look_at(harvest)[:SHOWN]),
        "hidden": list(hidden_ones(harvest)[:SHOWN]),
    }
    return render(request, "harvest/care.html", context)


@door(HOST, opens=(a_harvest, an_idea))
@require_POST
def decision(request: HttpRequest, harvest: Harvest, idea: Idea) -> HttpResponseBase:
    """Keep it or hide it; hiding says why."""
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return redirect(address_of(harvest, "care"))
    why = form.cleaned_data["why"]

    def act() -> str:
        decide = hide_idea if form.cleaned_data["do"] == "hide" else keep_idea
        decide(idea=idea, why=why, **by(request))
        return address_of(harvest, "care")

    try:
        answer = once(request, act)
    except ReasonMissing:
        messages.error(request, _("Say why before you hide an idea: its author reads it."))
        return redirect(address_of(harvest, "care") + f"#idea-{idea.public_id}")
    messages.success(request, _("Decided."))
    return answer


def _then(idea: Idea, write: Callable[[], object]) -> Callable[[], str]:
    def act() -> str:
        write()
        return page_of(idea)

    return act


def _form_page(request: HttpRequest, template: str, idea: Idea, form: object) -> HttpResponseBase:
    context = {"harvest": idea.harvest, "idea": idea, "form": form}
    errors = getattr(form, "errors", None)
    return render(request, template, context, status=422 if errors else 200)
