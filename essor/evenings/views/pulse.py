"""The pulse: two questions on a phone, and the slips of paper that the team counts."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache

from essor.evenings.actions.pulse import UnevenTally, answer_pulse, count_paper_pulse
from essor.evenings.doors import an_evening
from essor.evenings.forms.pulse import PaperPulseForm, PulseForm
from essor.evenings.models import Evening, Pulse
from essor.evenings.pulse_rules import moment_of, takes_answers
from essor.evenings.queries.pulse import has_answered
from essor.kit import clock
from essor.kit.limits import TooOften, spend
from essor.kit.once import once
from essor.kit.queued import is_queued
from essor.territories.doors import FACILITATOR, HOST, door

MOST_ANSWERS, AN_HOUR = 5_000, timedelta(hours=1)
"""For a whole evening: a limit for a device would keep when it answered."""


@door(opens=(an_evening,))
@never_cache
def pulse(request: HttpRequest, evening: Evening) -> HttpResponse:
    """Two questions without a name; the page says so, and when they are asked."""
    moment = _moment(request, evening)
    form = PulseForm(request.POST if request.method == "POST" else None)
    if moment and request.method == "POST" and form.is_valid():
        try:
            return once(request, lambda: _answer(request, evening, moment, form))
        except TooOften:
            form.add_error(None, _("Very many answers at once: please try again in a while."))
    device = request.visitor.known_device  # type: ignore[attr-defined]
    context = {
        "evening": evening,
        "moment": moment,
        "form": form,
        "answered": moment is not None and has_answered(evening, moment, device),
    }
    return render(request, "evenings/pulse.html", context, status=422 if form.errors else 200)


def _moment(request: HttpRequest, evening: Evening) -> str | None:
    """The moment that is asked now, or the one at which an answer began to wait on its phone."""
    told = request.POST.get("moment", "")
    if is_queued(request) and told in Pulse.Moment.values and takes_answers(evening, clock.now()):
        return told
    return moment_of(evening, clock.now())


def _answer(request: HttpRequest, evening: Evening, moment: str, form: PulseForm) -> str:
    at = clock.now()
    spend(f"pulse:{evening.public_id}:{moment}", limit=MOST_ANSWERS, window=AN_HOUR, at=at)
    device = request.visitor.device  # type: ignore[attr-defined]
    answers = form.cleaned_data
    answer_pulse(evening=evening, moment=moment, answers=answers, device=device, by=None, at=at)
    return request.path


@door(HOST, FACILITATOR, opens=(an_evening,))
def paper(request: HttpRequest, evening: Evening) -> HttpResponse:
    """Slips of paper, counted by somebody of the team."""
    form = PaperPulseForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            return once(request, lambda: _count(request, evening, form))
        except UnevenTally:
            form.add_error(
                None, _("Each slip answers both questions: the two sums must be the same.")
            )
    context = {"evening": evening, "form": form}
    return render(request, "evenings/pulse_paper.html", context, status=422 if form.errors else 200)


def _count(request: HttpRequest, evening: Evening, form: PaperPulseForm) -> str:
    by = request.visitor.person  # type: ignore[attr-defined]
    people = count_paper_pulse(
        evening=evening,
        moment=form.cleaned_data["moment"],
        tally=form.tally,
        by=by,
        at=clock.now(),
    )
    words = ngettext("%(n)s slip was added.", "%(n)s slips were added.", people)
    messages.success(request, words % {"n": people})
    return reverse("evenings:pulse_paper", args=[evening.territory.slug, evening.public_id])
