"""The state of play of a cohort: asking, all answers side by side, reminding, one's own answers."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from essor.kit import clock
from essor.kit.once import once
from essor.support.actions.play import (
    AskedAlready,
    ChangedMeanwhile,
    NobodyInside,
    NothingAnswered,
    StandsNow,
    ask_again,
    open_play,
    remind_of_play,
    stands,
    write_standing,
)
from essor.support.doors import a_cohort, a_standing, answers_for_it, speaker
from essor.support.forms.play import StandingForm
from essor.support.models import Cohort, Standing
from essor.support.playing import in_words, questions_of, said
from essor.support.queries.play import play_of, side_by_side
from essor.support.views.page import whoever
from essor.territories.doors import HOST, Rights, door


def page_of(cohort: Cohort) -> str:
    return reverse("support:play", args=[cohort.territory.slug, cohort.public_id])


@door(HOST, opens=(a_cohort,))
def play(request: HttpRequest, cohort: Cohort) -> HttpResponse:
    """Before it is asked: the questions. Then every project's answers side by side."""
    state = play_of(cohort)
    context: dict[str, Any] = {"cohort": cohort, "play": state, "today": clock.today()}
    if state is None:
        context["questions"] = [each for each in questions_of(cohort.territory) if not each.retired]
    else:
        questions, rows = side_by_side(state)
        waiting = [row for row in rows if row.latest and not row.latest.handed_in_at]
        context |= {
            "questions": questions,
            "ladders": [each for each in questions if each.kind in {"steps", "number"}],
            "rows": rows,
            "waiting": waiting,
            "answered": len(rows) - len(waiting),
        }
    return render(request, "support/play.html", context)


@door(HOST, opens=(a_cohort,))
@require_POST
def play_opening(request: HttpRequest, cohort: Cohort) -> HttpResponse:
    """Ask the projects of a cohort."""
    return _asking(
        request, cohort, lambda: open_play(cohort=cohort, by=whoever(request), at=clock.now())
    )


@door(HOST, opens=(a_cohort,))
@require_POST
def play_end(request: HttpRequest, cohort: Cohort) -> HttpResponse:
    """Ask the same again."""
    state = play_of(cohort)
    if state is None:
        return redirect(page_of(cohort))
    return _asking(
        request, cohort, lambda: ask_again(play=state, by=whoever(request), at=clock.now())
    )


def _asking(request: HttpRequest, cohort: Cohort, ask: Callable[[], object]) -> HttpResponse:
    def act() -> str:
        ask()
        messages.success(request, _("Whoever leads a project has a mail with the questions."))
        return page_of(cohort)

    try:
        return once(request, act)
    except AskedAlready:
        messages.info(request, _("They were asked already."))
    except NobodyInside:
        messages.warning(request, _("No project has a place in this cohort yet."))
    return redirect(page_of(cohort))


@door(HOST, opens=(a_cohort,))
@require_POST
def play_reminder(request: HttpRequest, cohort: Cohort) -> HttpResponse:
    """Remind those who have not answered, but whoever heard of it some days ago."""
    state = play_of(cohort)

    def act() -> str:
        count = remind_of_play(play=state, by=whoever(request), at=clock.now()) if state else 0
        words = ngettext("%(n)d project was reminded.", "%(n)d projects were reminded.", count)
        nobody = _("Nobody was reminded: they heard of it less than three days ago.")
        messages.success(request, words % {"n": count} if count else nobody)
        return page_of(cohort)

    return once(request, act)


@door(HOST, opens=(a_standing,), own=answers_for_it, name="host, who speaks for the project")
def standing(request: HttpRequest, standing: Standing) -> HttpResponse:
    """The questions on a phone: a draft may be kept, what is handed in corrected for some days."""
    questions = in_words(standing.play.questions)
    initial = {"seen": standing.version}
    form = StandingForm(
        request.POST or None, questions=questions, answers=standing.answers, initial=initial
    )
    theirs: list[tuple[str, str]] = []
    if request.method == "POST" and form.is_valid():
        try:
            return once(request, lambda: _write(request, standing, form))
        except NothingAnswered:
            form.add_error(None, _("Answer one question at least; the others may wait."))
        except StandsNow:
            return redirect(_support_of(standing))
        except ChangedMeanwhile:
            standing.refresh_from_db()
            theirs = _differences(standing, form)
            typed = {**form.cleaned_data, "seen": standing.version}
            form = StandingForm(questions=questions, answers={}, initial=typed)
    context = {
        "standing": standing,
        "form": form,
        "theirs": theirs,
        "over": stands(standing, clock.now()),
        "ways": [(each, said(each, standing.answers)) for each in questions],
        "back": _support_of(standing),
    }
    status = 422 if form.is_bound or theirs else 200
    return render(request, "support/standing.html", context, status=status)


def _write(request: HttpRequest, standing: Standing, form: StandingForm) -> str:
    rights: Rights = request.rights  # type: ignore[attr-defined]
    hand_in = request.POST.get("do") == "hand-in"
    by = speaker(rights, standing.project) or whoever(request)
    write_standing(
        standing=standing, answers=form.answers, seen=form.version, hand_in=hand_in, by=by,
        at=clock.now(),
    )  # fmt: skip
    if hand_in:
        messages.success(request, _("Thank you: the team and your mentor read it."))
        return _support_of(standing)
    messages.success(request, _("Your draft is kept. Come back to it by the same link."))
    return request.path


def _support_of(standing: Standing) -> str:
    project = standing.project
    return reverse("support:project", args=[project.territory.slug, project.public_id])


def _differences(standing: Standing, form: StandingForm) -> list[tuple[str, str]]:
    """What somebody else answered meanwhile, where it is not what was just typed."""
    mine = form.answers
    return [
        (each.label, ", ".join(said(each, standing.answers).lines) or "–")
        for each in form.questions
        if mine.get(each.key) != standing.answers.get(each.key)
    ] or [("", _("the same as you"))]
