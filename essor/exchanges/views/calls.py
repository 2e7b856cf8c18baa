"""Calls: a host notes that one was made, and what came of it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from essor.exchanges.actions.calls import note_call
from essor.exchanges.doors import a_commitment
from essor.exchanges.forms.calls import CallForm
from essor.exchanges.models import Commitment
from essor.exchanges.queries.calls import calls_of
from essor.kit import clock
from essor.kit.once import once
from essor.territories.doors import HOST, door


@door(HOST, opens=(a_commitment,))
def calls(request: HttpRequest, commitment: Commitment) -> HttpResponse:
    """The calls that were made about a promise, and the form to note one."""
    form = CallForm(request.POST or None, initial={"on": clock.today()})
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            by = request.visitor.person  # type: ignore[attr-defined]
            note_call(commitment=commitment, **form.cleaned_data, by=by, at=clock.now())
            slug = commitment.territory.slug
            return reverse("exchanges:answer", args=[slug, commitment.public_id])

        return once(request, act)
    context = {"commitment": commitment, "form": form, "calls": calls_of(commitment)}
    return render(request, "exchanges/calls.html", context, status=422 if form.is_bound else 200)
