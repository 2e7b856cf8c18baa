"""Answering a search for a leader, without an account; one's own answer; a host's reply."""

from collections.abc import Callable
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from essor.kit import clock
from essor.kit.limits import TooOften
from essor.kit.once import once
from essor.projects.actions.leader_answers import (
    AnsweredMeanwhile,
    NotSearching,
    NotTheDays,
    ReplyNotAllowed,
    choose_leader,
    reply,
    take_back,
)
from essor.projects.actions.leading import LeadsAlready
from essor.projects.answering import address_of, keep_answer, reachable
from essor.projects.doors import a_project, an_answer, holds_answer
from essor.projects.forms.leading import AnswerForm, ReplyForm
from essor.projects.leading import host_moves, may_become, open_call, takes_answers
from essor.projects.letters import forward_address
from essor.projects.models import LeaderAnswer, Project
from essor.projects.views.leading import hub_of
from essor.territories.doors import HOST, door

Kind, State = LeaderAnswer.Kind, LeaderAnswer.State


@door(opens=(a_project,))
def answering(request: HttpRequest, project: Project) -> HttpResponse:
    """ "This could be me", or "I know someone" (``?as=somebody``)."""
    asked = request.POST.get("as", request.GET.get("as", ""))
    kind = Kind.SOMEBODY if asked == Kind.SOMEBODY else Kind.ME
    known = reachable(request.visitor.recognised)  # type: ignore[attr-defined]
    initial = {"after": request.GET.get("from", "")[:16]}
    form = AnswerForm(request.POST or None, kind=kind, known=known, initial=initial)
    call = open_call(project)
    if request.method == "POST" and form.is_valid():
        try:
            return keep_answer(request, project, form)
        except TooOften as refusal:
            form.add_error(None, _too_often(refusal))
        except (NotSearching, NotTheDays):
            project.refresh_from_db()
            call = open_call(project)
    context = {
        "project": project,
        "call": call,
        "form": form,
        "kind": kind,
        "open": project.seeks_leader and takes_answers(call, clock.today()),
        "today": clock.today(),
    }
    return render(request, "projects/lead.html", context, status=422 if form.is_bound else 200)


def _too_often(refusal: TooOften) -> str:
    return _("Many answers came from this phone. Try again after %(time)s, or tell the team.") % {
        "time": f"{timezone.localtime(refusal.retry_at):%H:%M}"
    }


@door(HOST, opens=(a_project, an_answer), own=holds_answer)
def answer(request: HttpRequest, project: Project, answer: LeaderAnswer) -> HttpResponse:
    """One's answer: thanks, the link to pass on, the way to take it back."""
    forward = forward_address(answer)
    subject = _("A project looks for who will carry it: %(project)s") % {"project": project}
    context = {
        "project": project,
        "answer": answer,
        "mine": holds_answer(request.rights, answer=answer),  # type: ignore[attr-defined]
        "may_take_back": may_become(answer, State.WITHDRAWN),
        "forward": forward,
        "mailto": f"mailto:?subject={quote(subject)}&body={quote(forward)}",
    }
    return render(request, "projects/lead_answer.html", context)


@door(opens=(a_project, an_answer), own=holds_answer, name="whoever answered")
@require_POST
def taking_back(request: HttpRequest, project: Project, answer: LeaderAnswer) -> HttpResponse:
    """Take one's answer back; where the team was faster, the page says what holds."""

    def act() -> str:
        take_back(answer=answer, by=answer.person, at=clock.now())
        return address_of(answer)

    try:
        return once(request, act)
    except ReplyNotAllowed:
        return once(request, lambda: address_of(answer))


@door(HOST, opens=(a_project, an_answer))
def replying(request: HttpRequest, project: Project, answer: LeaderAnswer) -> HttpResponse:
    """A host answers whoever answered: talking, chosen, not now."""
    form = ReplyForm(request.POST or None, initial={"seen": answer.state})
    trouble = ""
    if request.method == "POST" and form.is_valid():
        try:
            return once(request, lambda: _reply(request, project, answer, form))
        except (AnsweredMeanwhile, ReplyNotAllowed):
            answer.refresh_from_db()
            trouble = _who_was_faster(answer)
            form = ReplyForm(initial={"words": form.cleaned_data["words"], "seen": answer.state})
        except LeadsAlready:
            trouble = _("This person carries the project already.")
    context = {
        "project": project,
        "answer": answer,
        "moves": [(state, MOVE_WORDS[state]()) for state in host_moves(answer)],
        "form": form,
        "trouble": trouble,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "projects/lead_reply.html", context, status=status)


MOVE_WORDS: dict[str, Callable[[], str]] = {
    State.TALKING: lambda: _("We are talking"),
    State.CHOSEN: lambda: _("They carry the project from today"),
    State.NOT_NOW: lambda: _("Not now"),
}
"""What the buttons of a reply say."""


def _reply(request: HttpRequest, project: Project, answer: LeaderAnswer, form: ReplyForm) -> str:
    by, at = request.visitor.person, clock.now()  # type: ignore[attr-defined]
    words, seen = form.cleaned_data["words"], form.cleaned_data["seen"]
    state = form.cleaned_data["state"]
    if state == State.CHOSEN:
        choose_leader(answer=answer, words=words, seen=seen, by=by, at=at)
    else:
        reply(answer=answer, state=state, words=words, seen=seen, by=by, at=at)
    return hub_of(project)


def _who_was_faster(answer: LeaderAnswer) -> str:
    who = answer.settled_by.name if answer.settled_by else answer.person.name
    return _("%(who)s was faster: this answer is now “%(state)s”. Your words are still below.") % {
        "who": who,
        "state": answer.get_state_display(),
    }
