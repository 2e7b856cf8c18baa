"""Proposals of groups: asking, following the computing, and deciding beside the table as it is."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from essor.harvest.actions.proposals import (
    AlreadyProposing,
    NothingToDecide,
    accept_groups,
    ask_for_groups,
    leave_groups,
)
from essor.harvest.doors import a_harvest
from essor.harvest.forms.proposals import DecisionForm, ProposalForm
from essor.harvest.models import GroupingRun, Harvest
from essor.harvest.queries.proposals import comparison_of
from essor.harvest.queries.table import sorted_so_far
from essor.harvest.sorting.doors import SORTERS, a_run
from essor.harvest.sorting.jobs import propose_groups
from essor.kit import clock
from essor.kit.once import once
from essor.kit.progress import progress_card
from essor.territories.doors import door

State = GroupingRun.State


def proposal_address(run: GroupingRun) -> str:
    return reverse(
        "harvest:proposal", args=[run.harvest.territory.slug, run.harvest.public_id, run.public_id]
    )


@door(*SORTERS, opens=(a_harvest,))
def proposals(request: HttpRequest, harvest: Harvest) -> HttpResponse:
    """Ask for a proposal; where one is being prepared, it is that one."""
    form = ProposalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _ask(request, harvest, form)
    done, total = sorted_so_far(harvest)
    latest = harvest.grouping_runs.order_by("-asked_at", "-id").first()
    context = {
        "harvest": harvest,
        "form": form,
        "done": done,
        "waiting": total - done,
        "latest": latest,
    }
    return render(request, "harvest/proposals.html", context, status=422 if form.is_bound else 200)


def _ask(request: HttpRequest, harvest: Harvest, form: ProposalForm) -> HttpResponse:
    def ask() -> str:
        run = ask_for_groups(
            harvest=harvest, **form.cleaned_data, by=request.rights.person, at=clock.now(),  # type: ignore[attr-defined]
        )  # fmt: skip
        propose_groups.enqueue(run.public_id)
        run.harvest = harvest
        return proposal_address(run)

    try:
        return once(request, ask)
    except AlreadyProposing as going:
        messages.info(request, _("A proposal is being prepared already: here it is."))
        going.run.harvest = harvest
        return redirect(proposal_address(going.run))


@door(*SORTERS, opens=(a_harvest, a_run))
def proposal(request: HttpRequest, harvest: Harvest, grouping: GroupingRun) -> HttpResponse:
    """One proposal: being computed, failed, or beside the table as it is now."""
    context = {
        "harvest": harvest,
        "run": grouping,
        "open": grouping.state == State.DONE and grouping.closed_at is None,
        "comparison": comparison_of(grouping) if _has_summary(grouping) else None,
    }
    return render(request, "harvest/proposal.html", context)


def _has_summary(run: GroupingRun) -> bool:
    return run.state == State.DONE and "groups" in run.summary


@door(*SORTERS, opens=(a_harvest, a_run))
def progress(request: HttpRequest, harvest: Harvest, grouping: GroupingRun) -> HttpResponseBase:
    """How far a computation is, polled."""
    template, page = "harvest/_proposal_progress.html", proposal_address(grouping)
    return progress_card(request, grouping, template, {"harvest": harvest}, page=page)


@door(*SORTERS, opens=(a_harvest, a_run), redirects=True)
@require_POST
def decisions(request: HttpRequest, harvest: Harvest, grouping: GroupingRun) -> HttpResponse:
    """Accept or leave: the whole, or one group of it."""
    form = DecisionForm(request.POST)
    here = proposal_address(grouping)
    if not form.is_valid():
        messages.info(request, _("Accept or leave: choose one of the two."))
        return redirect(here)
    keys = [form.cleaned_data["group"]] if form.cleaned_data["group"] else None
    by, at = request.rights.person, clock.now()  # type: ignore[attr-defined]
    act = accept_groups if form.cleaned_data["answer"] == "accept" else leave_groups

    def decide() -> str:
        act(run=grouping, keys=keys, by=by, at=at)
        grouping.refresh_from_db(fields=["closed_at"])
        return here if keys and grouping.closed_at is None else _table(harvest)

    try:
        return once(request, decide)
    except NothingToDecide:
        messages.info(request, _("This was decided already, or a newer proposal took its place."))
        return redirect(here)


def _table(harvest: Harvest) -> str:
    return reverse("harvest:sorting", args=[harvest.territory.slug, harvest.public_id])
