"""Funders and business angels: the team's list, one's own page, what fits a project."""

from datetime import timedelta

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from essor.kit import clock
from essor.kit.limits import TooOften, mark_of, spend
from essor.kit.once import once
from essor.kit.pieces import Tab
from essor.people.models import Person
from essor.people.views.links import private
from essor.projects.doors import a_project
from essor.projects.models import Project
from essor.support.actions.funders import (
    leave_funders,
    pause_funder,
    reword_interests,
    say_interests,
)
from essor.support.forms.funders import InterestsForm, NewFunderForm
from essor.support.funder_doors import a_funder, is_the_funder
from essor.support.models import Funder
from essor.support.queries import funders as queries
from essor.support.room_doors import keeps_it
from essor.support.views.page import form_page, tabs
from essor.territories.doors import HOST, Rights, door
from essor.territories.models import Territory

A_PAGE, A_DEVICE, AN_ADDRESS, HOUR = 20, 10, 3, timedelta(hours=1)
WHO = "host, the funder"


def address_of(funder: Funder) -> str:
    return reverse("support:funder", args=[funder.territory.slug, funder.public_id])


def whoever_acts(request: HttpRequest, funder: Funder) -> Person:
    """In whose name: the signed-in person's, else the funder's."""
    return request.visitor.person or funder.person  # type: ignore[attr-defined]


@door(HOST)
def funders(request: HttpRequest) -> HttpResponse:
    """Who would support what, each with the projects that fit and why."""
    territory: Territory = request.territory  # type: ignore[attr-defined]
    show = request.GET.get("show", "ready")
    show = show if show in queries.FILTERS else "ready"
    found = Paginator(queries.listed(territory, show, clock.today()), A_PAGE)
    page = found.get_page(request.GET.get("page"))
    people = list(page.object_list)
    matches = queries.matches_of(people, territory, inside=True) if show == "ready" else {}
    context = {
        "page": page,
        "show": show,
        "rows": [(each, _said(each), matches.get(each.pk, [])[:2]) for each in people],
        "filters": [
            Tab(str(label), f"?show={key}", current=key == show)
            for key, label in queries.FILTERS.items()
        ],
        "tabs": tabs(territory, "support:funders"),
    }
    return render(request, "support/funders.html", context)


def _said(funder: Funder) -> dict[str, object]:
    """What a funder said, in words."""
    return {"range": queries.range_of(funder), "forms": queries.form_labels(funder)}


@door()
def new_funder(request: HttpRequest) -> HttpResponse:
    """Say what one would support, with or without an account."""
    territory: Territory = request.territory  # type: ignore[attr-defined]
    known = request.visitor.person  # type: ignore[attr-defined]
    form = NewFunderForm(request.POST or None, territory=territory, known=known)
    if request.method == "POST" and form.is_valid():
        try:
            return private(once(request, lambda: _say(request, territory, form)))
        except TooOften:
            form.add_error(None, _("That is enough for now: try again in an hour."))
    status = 422 if form.is_bound else 200
    return render(request, "support/new_funder.html", {"form": form}, status=status)


def _say(request: HttpRequest, territory: Territory, form: NewFunderForm) -> str:
    at, visitor = clock.now(), request.visitor  # type: ignore[attr-defined]
    spend(f"funder:{visitor.device}", limit=A_DEVICE, window=HOUR, at=at)
    if form.known is None:
        mark = mark_of(form.cleaned_data["email"])
        spend(f"funder-mail:{mark}", limit=AN_ADDRESS, window=HOUR, at=at)
    funder = say_interests(territory=territory, who=form.who, said=form.said, by=None, at=at)
    if form.known is not None:
        return address_of(funder)
    messages.success(request, _("A mail is on its way: open its link, and you can be found."))
    return reverse("projects:board", args=[territory.slug])


@door(HOST, opens=(a_funder,), own=is_the_funder, name=WHO)
def funder(request: HttpRequest, funder: Funder) -> HttpResponse:
    """A funder's page: what they said, projects that fit, their pledges; pausing and leaving."""
    rights: Rights = request.rights  # type: ignore[attr-defined]
    mine = is_the_funder(rights, funder=funder)
    matches = queries.matches_of([funder], funder.territory, inside=not mine)
    context = {
        "funder": funder,
        "said": _said(funder),
        "stages": [str(Project.Stage(each).label) for each in funder.stages],
        "matches": matches[funder.pk],
        "pledges": list(
            funder.pledges.select_related("commitment", "room__project").order_by("-id")[:A_PAGE]
        ),
        "mine": mine,
        "host": rights.is_host,
        "over": funder.until is not None and funder.until < clock.today(),
    }
    return private(render(request, "support/funder.html", context))


@door(opens=(a_funder,), own=is_the_funder, name="the funder")
def interests(request: HttpRequest, funder: Funder) -> HttpResponse:
    """Change what one would support, and who sees it."""
    names = ("about", "stages", "least", "most", "communes", "until", "showing")
    initial = {name: getattr(funder, name) for name in (*names, "shows_amounts")}
    initial["ways"] = funder.forms
    initial["themes"] = list(funder.themes.all())
    form = InterestsForm(request.POST or None, territory=funder.territory, initial=initial)
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            by, at = whoever_acts(request, funder), clock.now()
            reword_interests(funder=funder, said=form.said, by=by, at=at)
            return address_of(funder)

        return private(once(request, act))
    back = (funder.name, address_of(funder))
    return private(form_page(request, form, _("What I would support"), back))


@door(opens=(a_funder,), own=is_the_funder, name="the funder")
@require_POST
def funder_pause(request: HttpRequest, funder: Funder) -> HttpResponse:
    """Be suggested to nobody for now, or again, by one click."""

    def act() -> str:
        by, pausing = whoever_acts(request, funder), request.POST.get("pause") == "yes"
        pause_funder(funder=funder, pausing=pausing, by=by, at=clock.now())
        return address_of(funder)

    return private(once(request, act))


@door(HOST, opens=(a_funder,), own=is_the_funder, name=WHO)
@require_POST
def funder_departure(request: HttpRequest, funder: Funder) -> HttpResponse:
    """No funder here any more, by one click; no reason wanted."""

    def act() -> str:
        leave_funders(funder=funder, by=whoever_acts(request, funder), at=clock.now())
        messages.success(
            request, _("It is noted: you are suggested to nobody any more. Thank you.")
        )
        return reverse("projects:board", args=[funder.territory.slug])

    return private(once(request, act))


@door(HOST, opens=(a_project,), own=keeps_it, name="host, who leads it")
def project_funders(request: HttpRequest, project: Project) -> HttpResponse:
    """Funders who fit a project and agreed that projects see them, as far as they agreed."""
    matches = queries.matches_for(project, clock.today())
    found = Paginator(matches, A_PAGE).get_page(request.GET.get("page"))
    rows = [(each, _said(each.funder)) for each in found]
    context = {"project": project, "page": found, "rows": rows}
    return private(render(request, "support/project_funders.html", context))
