"""The questions of a state of play: the list, wording one, adding one, dropping and taking back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from essor.kit import clock
from essor.kit.navigation import settings_tabs
from essor.kit.once import once
from essor.kit.rewording import WrittenMeanwhile
from essor.people.hands import last_hand
from essor.support.actions.play_questions import (
    LastQuestion,
    TooManyQuestions,
    add_question,
    retire_question,
    word_question,
)
from essor.support.doors import a_question
from essor.support.forms.play import QuestionForm, too_many, words_of
from essor.support.playing import Question, questions_of
from essor.support.views.page import form_page, whoever
from essor.territories.doors import HOST, door
from essor.territories.models import Territory


def _home(territory: Territory) -> str:
    return reverse("support:questions", args=[territory.slug])


@door(HOST)
def questions(request: HttpRequest) -> HttpResponse:
    """What the projects of a cohort are asked when it opens, and again when it ends."""
    territory: Territory = request.territory  # type: ignore[attr-defined]
    context = {"questions": questions_of(territory), "tabs": settings_tabs(request)}
    return render(request, "support/questions.html", context)


@door(HOST)
def new_question(request: HttpRequest) -> HttpResponse:
    territory: Territory = request.territory  # type: ignore[attr-defined]
    form = QuestionForm(request.POST or None, places=len(questions_of(territory)) + 1)
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            kind, by = form.cleaned_data["kind"], whoever(request)
            add_question(territory=territory, kind=kind, words=form.words, by=by, at=clock.now())
            return _home(territory)

        try:
            return once(request, act)
        except TooManyQuestions:
            form.add_error(None, too_many())
    return form_page(request, form, _("A new question"), (_("Questions"), _home(territory)))


@door(HOST, opens=(a_question,))
def edit_question(request: HttpRequest, question: Question) -> HttpResponse:
    territory: Territory = request.territory  # type: ignore[attr-defined]
    places = len(questions_of(territory))
    form = QuestionForm(request.POST or None, places=places, question=question)
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            by, at = whoever(request), clock.now()
            form.look_again(territory, lambda now: words_of(asked_now(now, question)))
            word_question(territory=territory, key=question.key, words=form.words, by=by, at=at)
            return _home(territory)

        try:
            return once(request, act)
        except WrittenMeanwhile as news:
            form.tell(news, last_hand(territory, "play_question_worded"))
    note = _("Cohorts that were asked already keep the question as it was.")
    back = (_("Questions"), _home(territory))
    return form_page(request, form, question.name, back, note=note)


def asked_now(territory: Territory, question: Question) -> Question:
    """The question as it stands."""
    return next(each for each in questions_of(territory) if each.key == question.key)


@door(HOST, opens=(a_question,))
@require_POST
def question_retirement(request: HttpRequest, question: Question) -> HttpResponse:
    """Ask it no more, or again."""
    territory: Territory = request.territory  # type: ignore[attr-defined]
    retired = request.POST.get("back") != "yes"

    def act() -> str:
        by, at = whoever(request), clock.now()
        retire_question(territory=territory, key=question.key, retired=retired, by=by, at=at)
        return _home(territory)

    try:
        return once(request, act)
    except LastQuestion:
        messages.warning(request, _("A state of play asks one thing at least."))
    except TooManyQuestions:
        messages.warning(request, too_many())
    return redirect(_home(territory))
