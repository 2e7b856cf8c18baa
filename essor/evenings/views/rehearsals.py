"""Rehearsing with the team: starting, the page while it is played, stopping, throwing away."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from essor.evenings.actions.rehearsals import (
    AlreadyRehearsing,
    remove_rehearsal,
    start_rehearsal,
    stop_rehearsal,
)
from essor.evenings.doors import a_rehearsal, an_evening
from essor.evenings.forms.rehearsals import RehearsalForm
from essor.evenings.jobs.rehearsals import play_rehearsal
from essor.evenings.models import Evening, Rehearsal
from essor.evenings.queries.rehearsals import rehearsals_of, shown
from essor.kit import clock
from essor.kit.once import once
from essor.ledger import live
from essor.territories.doors import HOST, door


def page_of(evening: Evening) -> str:
    return reverse("evenings:rehearsals", args=[evening.territory.slug, evening.public_id])


@door(HOST, opens=(an_evening,))
@never_cache
def rehearsals(request: HttpRequest, evening: Evening) -> HttpResponse:
    """What a rehearsal is, the one that is played, and the button to start one."""
    form = RehearsalForm(request.POST if request.method == "POST" else None)

    def act() -> str:
        rehearsal = start_rehearsal(
            evening=evening, **form.cleaned_data,
            by=request.visitor.person, at=clock.now(),  # type: ignore[attr-defined]
        )  # fmt: skip
        play_rehearsal.enqueue(rehearsal.public_id)
        return page_of(evening)

    if request.method == "POST" and form.is_valid():
        try:
            return once(request, act)
        except AlreadyRehearsing:
            messages.warning(request, _("A rehearsal is being played already: here it is."))
            return redirect(page_of(evening))
    found = rehearsals_of(evening)
    playing = next((each for each in found if each.state == Rehearsal.State.PLAYING), None)
    context = {
        "evening": evening,
        "form": form,
        "playing": playing,
        "shown": [shown(each) for each in found[:3]],
        "version": live.version(playing.practice.room) if playing else 0,
        "silent": playing is not None and playing.silent_at(clock.now()),
    }
    status = 422 if form.errors else 200
    return render(request, "evenings/rehearsals.html", context, status=status)


@door(HOST, opens=(an_evening, a_rehearsal), redirects=True)
@require_POST
def rehearsal_end(request: HttpRequest, evening: Evening, rehearsal: Rehearsal) -> HttpResponse:
    """The invented people stop; twice is once."""

    def act() -> str:
        stop_rehearsal(rehearsal=rehearsal, by=request.visitor.person, at=clock.now())  # type: ignore[attr-defined]
        return page_of(evening)

    return once(request, act)


@door(HOST, opens=(an_evening,), redirects=True)
@require_POST
def rehearsal_removal(request: HttpRequest, evening: Evening) -> HttpResponse:
    """Throw one away with all that was made there; it is named in the form, so that twice is once."""
    by, at = request.visitor.person, clock.now()  # type: ignore[attr-defined]
    found = a_rehearsal.find(request.rights, evening, request.POST.get("rehearsal", ""))  # type: ignore[attr-defined]

    def act() -> str:
        if found is not None:
            remove_rehearsal(rehearsal=found, by=by, at=at)
        return page_of(evening)

    answer = once(request, act)
    messages.success(request, _("The rehearsal and everything in it is gone."))
    return answer
