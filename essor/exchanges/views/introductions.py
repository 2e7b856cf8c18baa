"""Putting two people in touch: the form, what became of one introduction, the hosts' list."""

from typing import Any, NamedTuple

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_POST

from essor.exchanges.actions.introductions import (
    About,
    AskedAlready,
    AskedEnough,
    CannotBeAsked,
    IntroductionOver,
    Party,
    SamePerson,
    introduce,
)
from essor.exchanges.actions.withdrawing import withdraw
from essor.exchanges.doors import (
    an_introduction,
    find_need,
    follows_it_up,
    of_the_group,
    thought_of_it,
)
from essor.exchanges.forms.introductions import IntroduceForm
from essor.exchanges.introducing import above_of, is_over, named_above
from essor.exchanges.models import Commitment, Introduction
from essor.exchanges.queries import introductions as queries
from essor.kit import clock
from essor.kit.limits import TooOften
from essor.kit.once import once
from essor.projects.doors import a_project
from essor.projects.models import Project
from essor.territories.doors import HOST, Rights, door
from essor.territories.models import Territory
from essor.treasures.doors import find_treasure

A_PAGE = 30


class Asked(NamedTuple):
    """What the form is opened about, and who the second is where that says it."""

    about: About
    fixed: Party | None = None


@door(HOST)
def desk(request: HttpRequest) -> HttpResponse:
    """Every introduction of the territory: who thought of whom, and what came of it."""
    territory = request.territory  # type: ignore[attr-defined]
    found = Paginator(queries.of_territory(territory), A_PAGE)
    context = {
        "page": found.get_page(request.GET.get("page")),
        "sums": queries.sums(territory),
        "at": clock.now(),
    }
    return render(request, "exchanges/introductions.html", context)


@door(HOST)
def new(request: HttpRequest) -> HttpResponse:
    """Two people of the territory, or one and whoever wrote down a treasure or promised something."""
    territory = request.territory  # type: ignore[attr-defined]
    return _form(request, queries.people_of_territory(territory), None)


@door(HOST, opens=(a_project,), own=of_the_group, name="host, the group")
def of_project(request: HttpRequest, project: Project) -> HttpResponse:
    """Somebody of the project's people and somebody who could bring what it lacks."""
    hosts = request.rights.is_host  # type: ignore[attr-defined]
    return _form(request, queries.people_of_project(project, hosts=hosts), project)


def _form(
    request: HttpRequest, people: list[queries.Choice], project: Project | None
) -> HttpResponse:
    asked = _asked(request, project)
    me = request.visitor.person  # type: ignore[attr-defined]
    form = IntroduceForm(request.POST or None, people=people, me=me, fixed=asked.fixed)
    if request.method == "POST" and form.is_valid():
        try:
            return once(request, lambda: _introduce(request, form, asked.about))
        except (SamePerson, CannotBeAsked, AskedAlready, AskedEnough) as refusal:
            form.add_error(None, REFUSALS[type(refusal)])
        except TooOften:
            form.add_error(None, _("That is enough for today: try again tomorrow."))
    context = {"form": form, "about": asked.about, "fixed": asked.fixed, "project": project}
    status = 422 if form.is_bound else 200
    return render(request, "exchanges/introduce.html", context, status=status)


def _introduce(request: HttpRequest, form: IntroduceForm, about: About) -> str:
    me = request.visitor.person  # type: ignore[attr-defined]
    territory: Territory = request.territory  # type: ignore[attr-defined]
    made = introduce(
        territory=territory,
        introducer=me,
        first=form.first_party,
        second=form.second_party,
        why=form.cleaned_data["why"],
        about=about,
        by=me,
        at=clock.now(),
    )
    return reverse("introductions:one", args=[territory.slug, made.public_id])


REFUSALS: dict[type[Exception], Any] = {
    SamePerson: _lazy("Choose two different people."),
    CannotBeAsked: _lazy("One of the two left no address: nobody can ask them."),
    AskedAlready: _lazy("These two were asked already: once is enough."),
    AskedEnough: _lazy("One of the two was asked several times lately: try in a month."),
}


def _asked(request: HttpRequest, project: Project | None) -> Asked:
    """What the address names beside the project; what does not exist here is not found."""
    territory = request.territory  # type: ignore[attr-defined]
    rights = request.rights  # type: ignore[attr-defined]
    if key := request.GET.get("commitment"):
        return _for_promise(rights, territory, project, key)
    need = treasure = fixed = None
    above_it = ""
    if key := request.GET.get("need"):
        need = find_need(rights, territory, key)
        if need is None or need.project_id != (project.pk if project else None):
            raise Http404
    if key := request.GET.get("treasure"):
        treasure = find_treasure(rights, territory, key)
        if treasure is None or treasure.keeper is None or not treasure.keeper.email:
            raise Http404
        fixed = Party(treasure.keeper)
    if above := named_above(request.GET):
        find, kind, key = above
        fixed = find(rights, territory, project, key)
        if fixed is None:
            raise Http404
        above_it = above_of(kind, key)
    return Asked(About(project, need, treasure, above_it), fixed)


def _for_promise(rights: Rights, territory: Territory, project: Project | None, key: str) -> Asked:
    """Whoever promised something is the second, where one may know who that is."""
    found = Commitment.objects.select_related("person", "need", "project")
    if project is not None:
        found = found.filter(project=project)
    commitment = found.filter(territory=territory, public_id=key).first()
    if commitment is None or not commitment.person.email:
        raise Http404
    known = rights.is_host or commitment.need_id or follows_it_up(rights, commitment=commitment)
    if not known:
        raise Http404
    about = About(project or commitment.project, commitment.need)
    return Asked(about, Party(commitment.person, called=commitment.person.name))


@door(opens=(an_introduction,), own=thought_of_it, name="whoever thought of it")
@require_POST
def withdrawal(request: HttpRequest, introduction: Introduction) -> HttpResponse:
    """Whoever asked takes it back."""
    by = request.visitor.person  # type: ignore[attr-defined]
    here = reverse("introductions:one", args=[introduction.territory.slug, introduction.public_id])

    def act() -> str:
        try:
            withdraw(introduction=introduction, by=by, at=clock.now())
            messages.success(request, _("Taken back. Whoever had been asked hears it kindly."))
        except IntroductionOver:
            messages.warning(request, _("It is settled already: nothing is left to take back."))
        return here

    return once(request, act)


@door(HOST, opens=(an_introduction,), own=thought_of_it, name="host, whoever thought of it")
def one(request: HttpRequest, introduction: Introduction) -> HttpResponse:
    """What became of an introduction, as far as it is to be told."""
    found = queries.with_sides(Introduction.objects.filter(pk=introduction.pk)).get()
    mine = thought_of_it(request.rights, introduction=introduction)  # type: ignore[attr-defined]
    at = clock.now()
    context = {"introduction": found, "mine": mine, "at": at, "open": not is_over(found, at)}
    return render(request, "exchanges/introduction.html", context)
