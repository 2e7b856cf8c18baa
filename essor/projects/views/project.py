"""One project's page, its words, its stage, its search for a leader, following it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from essor.kit import clock
from essor.kit.once import once
from essor.ledger.kept import kept
from essor.projects import queries
from essor.projects.actions.projects import (
    MoveNotAllowed,
    change_stage,
    entitle,
    follow,
    unfollow,
    want_leader,
)
from essor.projects.doors import a_project
from essor.projects.forms import LeaderForm, StageForm, WordsForm
from essor.projects.models import Project
from essor.projects.rules import follows_the_stages, may_steer
from essor.projects.sheet_words import answers_of
from essor.projects.stage_rail import rail
from essor.territories.doors import HOST, door


def address_of(project: Project) -> str:
    return reverse("projects:project", args=[project.territory.slug, project.public_id])


@kept
@door(opens=(a_project,))
def project(request: HttpRequest, project: Project) -> HttpResponse:
    rights = request.rights  # type: ignore[attr-defined]
    person = request.visitor.recognised  # type: ignore[attr-defined]
    context = {
        "project": project,
        "rail": rail(project),
        "show_rail": follows_the_stages(project),
        "answers": answers_of(getattr(project, "sheet", None)),
        "themes": list(project.themes.all()),
        "journal": queries.journal(project),
        "known": person,
        "membership": queries.membership_of(project, person),
        "may_steer": may_steer(rights),
    }
    return render(request, "projects/project.html", context)


@door(HOST, opens=(a_project,))
def words(request: HttpRequest, project: Project) -> HttpResponse:
    initial = {"title": project.title, "summary": project.summary}
    form = WordsForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            by = request.visitor.person  # type: ignore[attr-defined]
            entitle(project=project, **form.cleaned_data, by=by, at=clock.now())
            return address_of(project)

        return once(request, act)
    return _form(request, project, form, _("The words of the project"))


@door(HOST, opens=(a_project,))
def stage(request: HttpRequest, project: Project) -> HttpResponse:
    form = StageForm(request.POST or None, project=project)
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            new_stage, condition = form.stage_and_condition
            change_stage(
                project=project,
                stage=new_stage,
                condition=condition,
                why=form.cleaned_data["why"],
                into=form.cleaned_data.get("into"),
                by=request.visitor.person,  # type: ignore[attr-defined]
                at=clock.now(),
            )
            return address_of(project)

        try:
            return once(request, act)
        except MoveNotAllowed:
            form.add_error("move", _("The project has moved meanwhile; look again and choose."))
    return _form(request, project, form, _("Where the project is"))


@door(HOST, opens=(a_project,))
def leader(request: HttpRequest, project: Project) -> HttpResponse:
    initial = {"wanted": project.leader_wanted, "words": project.leader_words}
    form = LeaderForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            by = request.visitor.person  # type: ignore[attr-defined]
            want_leader(project=project, **form.cleaned_data, by=by, at=clock.now())
            return address_of(project)

        return once(request, act)
    return _form(request, project, form, _("Who will carry it?"))


def _form(request: HttpRequest, project: Project, form: object, heading: str) -> HttpResponse:
    status = 422 if request.method == "POST" else 200
    context = {"project": project, "form": form, "heading": heading}
    return render(request, "projects/steering.html", context, status=status)


@door(opens=(a_project,))
@require_POST
def following(request: HttpRequest, project: Project) -> HttpResponse:
    """Follow or no longer, for whoever is recognised; strangers are shown how to be."""
    person = request.visitor.recognised  # type: ignore[attr-defined]
    if person is None:
        return render(request, "projects/follow_how.html", {"project": project}, status=422)
    change = unfollow if request.POST.get("follow") == "no" else follow

    def act() -> str:
        change(project=project, person=person, by=person, at=clock.now())
        return address_of(project)

    return once(request, act)
