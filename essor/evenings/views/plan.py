"""The seating plan's page: tables, proof, what to decide; and the computation being followed."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from essor.evenings.actions.plan_runs import (
    AlreadyComputing,
    UnknownSuggestion,
    accept_suggestion,
    ask_for_plan,
    keep_best_so_far,
    stop_run,
)
from essor.evenings.actions.plans import plan_in_hand, settle_suggestion
from essor.evenings.doors import an_evening
from essor.evenings.forms.plans import ComputeForm
from essor.evenings.jobs.plan_runs import compute_plan
from essor.evenings.models import Evening, PlanRun
from essor.evenings.planning.doors import a_run
from essor.evenings.planning.page import list_page, plan_page
from essor.kit import clock
from essor.kit.once import once
from essor.kit.progress import progress_card
from essor.territories.doors import HOST, door

DECIDING = 3.0
"""Seconds of computing when a suggestion is accepted."""


def plan_url(evening: Evening) -> str:
    return reverse("evenings:plan", args=[evening.territory.slug, evening.public_id])


@door(HOST, opens=(an_evening,))
def plan(request: HttpRequest, evening: Evening) -> HttpResponse:
    """The plan in hand as round tables; ``?round=2`` for another round."""
    return render(request, "evenings/plan.html", plan_page(request, evening))


@door(HOST, opens=(an_evening,))
def plan_list(request: HttpRequest, evening: Evening) -> HttpResponse:
    """The same plan as a list of people, with a search by name."""
    return render(request, "evenings/plan_list.html", list_page(request, evening))


@door(HOST, opens=(an_evening,), redirects=True)
@require_POST
def plan_runs(request: HttpRequest, evening: Evening) -> HttpResponse:
    """Ask the worker for a plan."""
    form = ComputeForm(request.POST)
    if not form.is_valid():
        return render(
            request, "evenings/plan.html", plan_page(request, evening, compute=form), status=422
        )

    def ask() -> str:
        run = ask_for_plan(
            evening=evening,
            seconds=form.cleaned_data["seconds"],
            improve=form.cleaned_data["improve"],
            by=host_of(request),
            at=clock.now(),
        )
        compute_plan.enqueue(run.public_id)
        return plan_url(evening)

    try:
        return once(request, ask)
    except AlreadyComputing:
        messages.info(request, _("A plan is already being computed: here it is."))
        return redirect(plan_url(evening))


@door(HOST, opens=(an_evening, a_run))
def plan_run(request: HttpRequest, evening: Evening, run: PlanRun) -> HttpResponseBase:
    """How far a computation is, polled."""
    context = {"evening": evening}
    return progress_card(request, run, "evenings/_plan_run.html", context, page=plan_url(evening))


@door(HOST, opens=(an_evening, a_run), redirects=True)
@require_POST
def plan_run_end(request: HttpRequest, evening: Evening, run: PlanRun) -> HttpResponse:
    """Stop a computation; or, when its worker died, keep the best plan that it had found."""

    def end() -> str:
        if request.POST.get("keep"):
            keep_best_so_far(run=run, by=host_of(request), at=clock.now())
        else:
            stop_run(run=run, by=host_of(request), at=clock.now())
        return plan_url(evening)

    try:
        return once(request, end)
    except UnknownSuggestion:
        messages.info(request, _("There is no plan to keep from this computation."))
        return redirect(plan_url(evening))


@door(HOST, opens=(an_evening,), redirects=True)
@require_POST
def plan_decisions(request: HttpRequest, evening: Evening) -> HttpResponse:
    """Accept a suggestion, or decide against it."""
    plan = plan_in_hand(evening)
    key = request.POST.get("key", "")

    def decide() -> str:
        if plan is None:
            raise UnknownSuggestion(key)
        plan.evening = evening
        if request.POST.get("answer") != "accept":
            settle_suggestion(plan=plan, key=key, by=host_of(request), at=clock.now())
            return plan_url(evening)
        run = accept_suggestion(
            evening=evening, plan=plan, key=key, seconds=DECIDING, by=host_of(request),
            at=clock.now(),
        )  # fmt: skip
        compute_plan.enqueue(run.public_id)
        return plan_url(evening)

    try:
        return once(request, decide)
    except UnknownSuggestion:
        messages.info(request, _("The plan has changed: this suggestion is no longer made."))
    except AlreadyComputing:
        messages.info(request, _("A plan is being computed; decide once it is there."))
    return redirect(plan_url(evening))


def host_of(request: HttpRequest) -> Any:
    """Who is signed in; the doors of these pages let nobody else through."""
    return request.rights.person  # type: ignore[attr-defined]
