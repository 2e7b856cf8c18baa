"""Cohorts: the territory's list, one cohort, preparing it, taking projects in and out."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from essor.kit import clock
from essor.kit.once import once
from essor.kit.rewording import WrittenMeanwhile
from essor.ledger.kept import kept
from essor.people.hands import last_hand
from essor.projects.models import Project
from essor.support.actions.cohorts import (
    AlreadyIn,
    NotIn,
    prepare_cohort,
    reword_cohort,
    take_in,
    take_out,
)
from essor.support.doors import a_cohort, a_project_of_it
from essor.support.forms.cohorts import CohortForm, TakeInForm, TakeOutForm, already_in
from essor.support.models import Cohort
from essor.support.queries.cohorts import cohorts_of, rows_of
from essor.support.views.page import form_page, tabs, whoever
from essor.territories.doors import HOST, door
from essor.territories.models import Territory


def address_of(cohort: Cohort) -> str:
    return reverse("support:cohort", args=[cohort.territory.slug, cohort.public_id])


@kept
@door()
def cohorts(request: HttpRequest) -> HttpResponse:
    """Every cohort of the territory, the latest first."""
    territory: Territory = request.territory  # type: ignore[attr-defined]
    host = request.rights.is_host  # type: ignore[attr-defined]
    context = {
        "cohorts": list(cohorts_of(territory)),
        "today": clock.today(),
        "host": host,
        "tabs": tabs(territory, "support:cohorts") if host else [],
    }
    return render(request, "support/cohorts.html", context)


@kept
@door(opens=(a_cohort,))
def cohort(request: HttpRequest, cohort: Cohort) -> HttpResponse:
    """Its dates, its projects, its take-off evening; for hosts also why and with whom."""
    inside, left = rows_of(cohort)
    context = {
        "cohort": cohort,
        "themes": list(cohort.themes.all()),
        "rows": inside,
        "left": left,
        "today": clock.today(),
        "host": request.rights.is_host,  # type: ignore[attr-defined]
    }
    return render(request, "support/cohort.html", context)


@door(HOST)
def new_cohort(request: HttpRequest) -> HttpResponse:
    territory: Territory = request.territory  # type: ignore[attr-defined]
    form = CohortForm(request.POST or None, territory=territory, initial={"open_track": True})
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            made = prepare_cohort(
                territory=territory, words=form.words, by=whoever(request), at=clock.now()
            )
            return address_of(made)

        return once(request, act)
    back = (_("Cohorts"), reverse("support:cohorts", args=[territory.slug]))
    return form_page(request, form, _("A new cohort"), back)


@door(HOST, opens=(a_cohort,))
def cohort_words(request: HttpRequest, cohort: Cohort) -> HttpResponse:
    initial = CohortForm.initial_of(cohort)
    form = CohortForm(request.POST or None, territory=cohort.territory, initial=initial)
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            form.look_again(cohort, CohortForm.initial_of)
            reword_cohort(cohort=cohort, words=form.words, by=whoever(request), at=clock.now())
            return address_of(cohort)

        try:
            return once(request, act)
        except WrittenMeanwhile as news:
            form.tell(news, last_hand(cohort, "cohort_prepared", "cohort_reworded"))
    back = (cohort.name, address_of(cohort))
    return form_page(request, form, _("The words and dates of the cohort"), back)


@door(HOST, opens=(a_cohort,))
def taking_in(request: HttpRequest, cohort: Cohort) -> HttpResponse:
    form = TakeInForm(request.POST or None, cohort=cohort)
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            take_in(cohort=cohort, **form.cleaned_data, by=whoever(request), at=clock.now())
            return address_of(cohort)

        try:
            return once(request, act)
        except AlreadyIn:
            form.add_error("project", already_in())
    back = (cohort.name, address_of(cohort))
    return form_page(request, form, _("Take a project in"), back, save=_("Take it in"))


@door(HOST, opens=(a_cohort, a_project_of_it))
def taking_out(request: HttpRequest, cohort: Cohort, project: Project) -> HttpResponse:
    """Out of the cohort; that it was there stays."""
    form = TakeOutForm(request.POST or None)
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            why, by = form.cleaned_data["why"], whoever(request)
            take_out(cohort=cohort, project=project, why=why, by=by, at=clock.now())
            return address_of(cohort)

        try:
            return once(request, act)
        except NotIn:
            form.add_error(None, _("This project left the cohort already."))
    heading = _("“%(project)s” leaves the cohort") % {"project": project}
    return form_page(request, form, heading, (cohort.name, address_of(cohort)), save=_("Confirm"))
