"""Moving a project along: the form, and what to say where somebody else moved it meanwhile."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from essor.kit import clock
from essor.kit.once import once
from essor.projects.actions.moves import (
    MergeInCircle,
    MovedMeanwhile,
    MoveNotAllowed,
    change_stage,
    last_move,
)
from essor.projects.doors import a_project
from essor.projects.forms.moves import StageForm
from essor.projects.models import Project
from essor.projects.stages import Way, way_of
from essor.projects.story import address_of
from essor.territories.doors import HOST, door


@door(HOST, opens=(a_project,))
def stage(request: HttpRequest, project: Project) -> HttpResponse:
    way, last = way_of(project.territory), last_move(project)
    seen = last.pk if last else 0
    form = StageForm(request.POST or None, project=project, way=way, initial={"seen": seen})
    if request.method == "POST":
        meanwhile = last is not None and form["seen"].value() not in {str(seen), "", None}
        if meanwhile and last is not None:
            return _again(request, project, way, MovedMeanwhile(last))
        if form.is_valid():
            try:
                return once(request, lambda: _move(request, project, form))
            except MovedMeanwhile as refusal:
                return _again(request, project, way, refusal)
            except MoveNotAllowed:
                form.add_error("move", _("The project has moved meanwhile; look again and choose."))
            except MergeInCircle:
                form.add_error("into", _("That project already joined this one: choose another."))
    return _page(request, project, form)


def _move(request: HttpRequest, project: Project, form: StageForm) -> str:
    new_stage, condition = form.stage_and_condition
    change_stage(
        project=project,
        stage=new_stage,
        condition=condition,
        why=form.cleaned_data["why"],
        proof=form.cleaned_data.get("proof", ""),
        into=form.cleaned_data.get("into"),
        seen=form.cleaned_data["seen"],
        by=request.visitor.person,  # type: ignore[attr-defined]
        at=clock.now(),
    )
    return address_of(project, project.territory.slug)


def _again(
    request: HttpRequest, project: Project, way: Way, refusal: MovedMeanwhile
) -> HttpResponse:
    """The form anew, from where the project is now, with the words that were typed."""
    project.refresh_from_db()
    typed = {name: request.POST.get(name, "") for name in ("why", "proof")}
    form = StageForm(project=project, way=way, initial={**typed, "seen": refusal.change.pk})
    return _page(request, project, form, _who_moved(refusal, way), status=422)


def _who_moved(refusal: MovedMeanwhile, way: Way) -> str:
    change = refusal.change
    return _("%(who)s moved this project on %(when)s: %(where)s. “%(why)s”") % {
        "who": change.by.name if change.by else _("Somebody of the team"),
        "when": date_format(timezone.localtime(change.at), "SHORT_DATETIME_FORMAT"),
        "where": f"{way.stage(change.stage).name}, {change.get_condition_display()}",
        "why": change.why,
    }


def _page(
    request: HttpRequest, project: Project, form: StageForm, meanwhile: str = "", status: int = 0
) -> HttpResponse:
    status = status or (422 if form.errors else 200)
    context = {"project": project, "form": form, "meanwhile": meanwhile}
    return render(request, "projects/moving.html", context, status=status)
