"""The stages of a territory's projects: reading them, wording, placing, adding, dropping."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from essor.kit import clock
from essor.kit.navigation import settings_tabs
from essor.kit.once import once
from essor.kit.rewording import WrittenMeanwhile
from essor.people.hands import last_hand
from essor.projects import queries
from essor.projects.actions.stages import (
    FIRST,
    FirstStays,
    NameTaken,
    StillThere,
    TooFewStages,
    add_stage,
    move_stage,
    retire_stage,
    word_stage,
)
from essor.projects.doors import a_stage
from essor.projects.forms.stages import StageWordsForm, words_of
from essor.projects.stages import Stage, way_of
from essor.territories.doors import HOST, door
from essor.territories.models import Territory


def _home(territory: Territory) -> str:
    return reverse("projects:stages", args=[territory.slug])


@door(HOST)
def stages(request: HttpRequest) -> HttpResponse:
    return _list(request)


def _list(request: HttpRequest, refused: str = "") -> HttpResponse:
    territory = request.territory  # type: ignore[attr-defined]
    way = way_of(territory)
    counts = queries.projects_at(territory)
    rows = [
        {"stage": stage, "projects": counts.get(stage.key, 0), "stays": stage.key == FIRST,
         "alternative": bool(way.beside(stage.key)) and not stage.retired}
        for stage in way.everything
    ]  # fmt: skip
    context = {"rows": rows, "refused": refused, "tabs": settings_tabs(request)}
    return render(request, "projects/stages.html", context, status=422 if refused else 200)


@door(HOST)
def new_stage(request: HttpRequest) -> HttpResponse:
    territory = request.territory  # type: ignore[attr-defined]
    form = StageWordsForm(request.POST or None, way=way_of(territory))
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            after, instead = form.placing or (FIRST, False)
            add_stage(
                territory=territory, words=form.words, like=form.cleaned_data["like"], after=after,
                instead=instead, by=request.visitor.person, at=clock.now(),  # type: ignore[attr-defined]
            )  # fmt: skip
            return _home(territory)

        try:
            return once(request, act)
        except NameTaken:
            form.add_error("name", _("Another stage has this name."))
    return _form(request, form, None)


@door(HOST, opens=(a_stage,))
def edit_stage(request: HttpRequest, stage: Stage) -> HttpResponse:
    territory = request.territory  # type: ignore[attr-defined]
    form = StageWordsForm(request.POST or None, way=way_of(territory), stage=stage)
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            by, at = request.visitor.person, clock.now()  # type: ignore[attr-defined]
            form.look_again(territory, lambda now: words_of(way_of(now).stage(stage.key)))
            word_stage(territory=territory, key=stage.key, words=form.words, by=by, at=at)
            if form.placing:
                after, instead = form.placing
                move_stage(
                    territory=territory, key=stage.key, after=after, instead=instead, by=by, at=at
                )
            return _home(territory)

        try:
            return once(request, act)
        except WrittenMeanwhile as news:
            form.tell(news, last_hand(territory, "stage_worded"))
        except NameTaken:
            form.add_error("name", _("Another stage has this name."))
    return _form(request, form, stage)


def _form(request: HttpRequest, form: StageWordsForm, stage: Stage | None) -> HttpResponse:
    context = {"form": form, "stage": stage}
    return render(request, "projects/stage_form.html", context, status=422 if form.errors else 200)


@door(HOST, opens=(a_stage,))
@require_POST
def retirement(request: HttpRequest, stage: Stage) -> HttpResponse:
    """Drop a stage from the way, or take it back."""
    territory = request.territory  # type: ignore[attr-defined]
    retired = request.POST.get("back") != "yes"

    def act() -> str:
        by, at = request.visitor.person, clock.now()  # type: ignore[attr-defined]
        retire_stage(territory=territory, key=stage.key, retired=retired, by=by, at=at)
        messages.success(request, _("Kept."))
        return _home(territory)

    try:
        return once(request, act)
    except StillThere as refusal:
        words = ngettext(
            "%(n)d project is at “%(stage)s”: move it first.",
            "%(n)d projects are at “%(stage)s”: move them first.",
            refusal.count,
        )
        return _list(request, words % {"n": refusal.count, "stage": stage.name})
    except FirstStays:
        return _list(request, _("Projects are born at the first stage: it stays."))
    except TooFewStages:
        return _list(request, _("A way needs two stages at least."))
