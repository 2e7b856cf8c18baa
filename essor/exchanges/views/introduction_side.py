"""One's own side of an introduction: answering, and saying what came of it, without an account."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from essor.exchanges.actions.introductions import IntroductionOver, answer, say_what_came
from essor.exchanges.actions.withdrawing import AnsweredAlready, stand_aside
from essor.exchanges.doors import a_side, holds_side
from essor.exchanges.forms.introductions import OutcomeForm, SideForm
from essor.exchanges.introducing import is_over
from essor.exchanges.models import Introduction, IntroductionSide
from essor.exchanges.queries.introductions import other_than
from essor.kit import clock
from essor.kit.once import once
from essor.territories.doors import door


def address_of(side: IntroductionSide) -> str:
    slug = side.introduction.territory.slug
    return reverse("introductions:side", args=[slug, side.public_id])


@door(opens=(a_side,), own=holds_side, name="whoever is asked")
def side(request: HttpRequest, side: IntroductionSide) -> HttpResponse:
    """Read who thought of whom and why, and answer; once both agreed, how to reach the other."""
    initial = {"answer": side.answer, "reach": side.reach or side.person.email}
    form = SideForm(request.POST or None, initial=initial)
    over = False
    if request.method == "POST" and form.is_valid():
        try:
            return once(request, lambda: _answer(side, form))
        except IntroductionOver:
            over = True
            side.refresh_from_db()
    return _page(request, side, form, OutcomeForm(), over=over)


def _answer(side: IntroductionSide, form: SideForm) -> str:
    answer(side=side, **form.cleaned_data, by=side.person, at=clock.now())
    return address_of(side)


@door(opens=(a_side,), own=holds_side, name="whoever is asked")
@require_POST
def withdrawal(request: HttpRequest, side: IntroductionSide) -> HttpResponse:
    """One of the two ends it for both, without having answered."""

    def act() -> str:
        try:
            stand_aside(side=side, by=side.person, at=clock.now())
            messages.success(request, _("It is taken back. Nobody is told by whom."))
        except (AnsweredAlready, IntroductionOver):
            messages.warning(request, _("It changed meanwhile; look again."))
        return address_of(side)

    return once(request, act)


@door(opens=(a_side,), own=holds_side, name="whoever is asked")
def outcome(request: HttpRequest, side: IntroductionSide) -> HttpResponse:
    """We met, something came of it, nothing came of it: one tap, one word."""
    form = OutcomeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            return once(request, lambda: _came(side, form))
        except IntroductionOver:
            return _page(request, side, SideForm(), form, over=True)
    return _page(request, side, SideForm(initial={"reach": side.person.email}), form)


def _came(side: IntroductionSide, form: OutcomeForm) -> str:
    say_what_came(side=side, **form.cleaned_data, by=side.person, at=clock.now())
    return address_of(side)


def _page(
    request: HttpRequest,
    side: IntroductionSide,
    form: SideForm,
    outcome: OutcomeForm,
    *,
    over: bool = False,
) -> HttpResponse:
    introduction = side.introduction
    other = other_than(side)
    made = introduction.ending == Introduction.Ending.MADE
    context = {
        "side": side,
        "introduction": introduction,
        "other": other,
        "called": other.shown_as if other else "",
        "by_the_other": other is not None and other.person_id == introduction.introducer_id,
        "made": made,
        "over": is_over(introduction, clock.now()) and not made,
        "late": over,
        "form": form,
        "outcome": outcome,
        "outcomes": IntroductionSide.Outcome.choices,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "exchanges/introduction_side.html", context, status=status)
