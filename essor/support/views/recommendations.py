"""Recommendations: the hosts' list, writing one, a project's answer."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from essor.kit import clock
from essor.kit.once import once
from essor.kit.pieces import Tab
from essor.projects.doors import a_project
from essor.projects.models import Project
from essor.support.actions.recommendations import (
    AnsweredMeanwhile,
    ProjectNotOpen,
    answer_recommendation,
    recommend,
)
from essor.support.doors import (
    a_recommendation,
    accompanies,
    acting_mentor,
    answers_it,
    speaker,
)
from essor.support.forms.recommendations import AnswerForm, RecommendationForm
from essor.support.models import Recommendation
from essor.support.queries.recommendations import FILTERS, listed
from essor.support.views.page import form_page, tabs, whoever
from essor.territories.doors import COMMITTEE, HOST, Rights, door
from essor.territories.models import Territory

A_PAGE = 30
Voice = Recommendation.Voice


def page_of(project: Project) -> str:
    return reverse("support:project", args=[project.territory.slug, project.public_id])


@door(HOST)
def recommendations(request: HttpRequest) -> HttpResponse:
    territory: Territory = request.territory  # type: ignore[attr-defined]
    show = request.GET.get("show", "waiting")
    show = show if show in FILTERS else "waiting"
    page = Paginator(listed(territory, show), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "show": show,
        "shows": [Tab(str(label), f"?show={key}", current=key == show)
                  for key, (label, _which) in FILTERS.items()],
        "tabs": tabs(territory, "support:recommendations"),
        "at": clock.now(),
    }  # fmt: skip
    return render(request, "support/recommendations.html", context)


@door(HOST, COMMITTEE, opens=(a_project,), own=accompanies, name="host, committee, the mentor")
def new_recommendation(request: HttpRequest, project: Project) -> HttpResponse:
    """Something to advise, in the voice of whoever writes: the mentor, the committee, the hosts."""
    form = RecommendationForm(request.POST or None)
    rights: Rights = request.rights  # type: ignore[attr-defined]
    mentor = acting_mentor(rights, project)
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            by = mentor.person if mentor else whoever(request)
            voice = Voice.MENTOR if mentor else Voice.HOST if rights.is_host else Voice.COMMITTEE
            recommend(project=project, **form.cleaned_data, voice=voice, by=by, at=clock.now())
            return page_of(project) if mentor or rights.is_host else _public(project)

        try:
            return once(request, act)
        except ProjectNotOpen:
            form.add_error(None, _("This project joined another, or is not published yet."))
    note = _("Whoever leads the project gets it by mail, and answers with one tap.")
    back = (str(project), page_of(project) if mentor or rights.is_host else _public(project))
    return form_page(request, form, _("A recommendation"), back, note=note, save=_("Recommend it"))


def _public(project: Project) -> str:
    return reverse("projects:project", args=[project.territory.slug, project.public_id])


@door(HOST, opens=(a_recommendation,), own=answers_it, name="host, who speaks for the project")
def answer(request: HttpRequest, recommendation: Recommendation) -> HttpResponse:
    """The project answers; a host notes what was said by phone."""
    seen = recommendation.replies.count()
    form = AnswerForm(request.POST or None, recommendation=recommendation, initial={"seen": seen})
    meanwhile = ""
    if request.method == "POST" and form.is_valid():
        try:
            return once(request, lambda: _answer(request, recommendation, form))
        except AnsweredMeanwhile as refusal:
            recommendation.refresh_from_db()
            meanwhile = _who_answered(refusal)
            typed = {**form.cleaned_data, "seen": recommendation.replies.count()}
            form = AnswerForm(recommendation=recommendation, initial=typed)
    context = {
        "recommendation": recommendation,
        "form": form,
        "meanwhile": meanwhile,
        "back": page_of(recommendation.project),
    }
    status = 422 if form.is_bound or meanwhile else 200
    return render(request, "support/answer.html", context, status=status)


def _answer(request: HttpRequest, recommendation: Recommendation, form: AnswerForm) -> str:
    project = recommendation.project
    by = speaker(request.rights, project) or whoever(request)  # type: ignore[attr-defined]
    answer_recommendation(recommendation=recommendation, **form.cleaned_data, by=by, at=clock.now())
    return page_of(project)


def _who_answered(refusal: AnsweredMeanwhile) -> str:
    reply = refusal.reply
    if reply is None:
        return _("This changed meanwhile; look again.")
    return _("%(who)s answered on %(when)s: %(answer)s. “%(words)s”") % {
        "who": reply.by.name if reply.by else _("Somebody"),
        "when": date_format(timezone.localtime(reply.at), "SHORT_DATETIME_FORMAT"),
        "answer": reply.get_answer_display(),
        "words": reply.words,
    }
