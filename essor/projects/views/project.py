"""One project's page and story, its words."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from essor.kit import clock
from essor.kit.once import once
from essor.kit.rewording import WrittenMeanwhile
from essor.ledger.kept import kept
from essor.people.hands import last_hand
from essor.projects.actions.moves import end_of
from essor.projects.actions.projects import entitle
from essor.projects.doors import a_project
from essor.projects.forms import WordsForm
from essor.projects.leading import hostings_of, open_call, takes_answers, terms_of
from essor.projects.models import Project
from essor.projects.rules import follows_the_stages, may_steer
from essor.projects.sheet_words import answers_of
from essor.projects.stage_rail import rail
from essor.projects.stages import way_of
from essor.projects.story import address_of, story_of
from essor.territories.doors import HOST, door


@kept
@door(opens=(a_project,))
def project(request: HttpRequest, project: Project) -> HttpResponse:
    """The project's page; the address of one that joined another leads there."""
    end = end_of(project)
    if end != project and end.published_at:
        return HttpResponseRedirect(address_of(end, request.territory.slug))  # type: ignore[attr-defined]
    return render(request, "projects/project.html", _page(request, project))


@kept
@door(opens=(a_project,))
def story(request: HttpRequest, project: Project) -> HttpResponse:
    """The whole story, also of a project that joined another one."""
    return render(request, "projects/story.html", _page(request, project))


def _page(request: HttpRequest, project: Project) -> dict[str, Any]:
    rights = request.rights  # type: ignore[attr-defined]
    person = request.visitor.recognised  # type: ignore[attr-defined]
    way = way_of(project.territory)
    call = open_call(project) if project.leader_wanted else None
    terms, hostings = terms_of(project), hostings_of(project)
    return {
        "project": project,
        "call": call,
        "takes_answers": takes_answers(call, clock.today()),
        "today": clock.today(),
        "leaders": [each for each in terms if each.until is None],
        "hostings": [each for each in hostings if each.ended_at is None],
        "leads": any(person and each.person_id == person.pk for each in terms if not each.until),
        "stage": way.stage(project.stage),
        "rail": rail(project, way),
        "show_rail": follows_the_stages(project),
        "answers": answers_of(getattr(project, "sheet", None)),
        "themes": list(project.themes.all()),
        "story": story_of(project, way, terms, hostings, inside=rights.is_team),
        "may_steer": may_steer(rights),
        "is_team": rights.is_team,
    }


@door(HOST, opens=(a_project,))
def words(request: HttpRequest, project: Project) -> HttpResponse:
    form = WordsForm(request.POST or None, initial=WordsForm.words_of(project))
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            by = request.visitor.person  # type: ignore[attr-defined]
            form.look_again(project, WordsForm.words_of)
            entitle(project=project, **form.cleaned_data, by=by, at=clock.now())
            return address_of(project, project.territory.slug)

        try:
            return once(request, act)
        except WrittenMeanwhile as news:
            form.tell(news, last_hand(project, "entitled"))
    return _form(request, project, form, _("The words of the project"))


def _form(request: HttpRequest, project: Project, form: object, heading: str) -> HttpResponse:
    status = 422 if request.method == "POST" else 200
    context = {"project": project, "form": form, "heading": heading}
    return render(request, "projects/steering.html", context, status=status)
