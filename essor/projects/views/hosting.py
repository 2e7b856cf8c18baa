"""Hosting: an organisation begins to carry contracts for a project, and no longer does."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from essor.kit import clock
from essor.kit.once import once
from essor.projects.actions.hosting import HostingOver, begin_hosting, end_hosting
from essor.projects.doors import a_hosting, a_project
from essor.projects.forms.leading import HostingEndForm, HostingForm
from essor.projects.models import Hosting, Project
from essor.projects.views.leading import form_page, hub_of
from essor.territories.doors import HOST, door


@door(HOST, opens=(a_project,))
def hosting(request: HttpRequest, project: Project) -> HttpResponse:
    """Say which organisation carries what."""
    form = HostingForm(request.POST or None, initial={"since": clock.today()})
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            by = request.visitor.person  # type: ignore[attr-defined]
            begin_hosting(project=project, **form.cleaned_data, by=by, at=clock.now())
            return hub_of(project)

        return once(request, act)
    lead = _("An organisation carries contracts until the project stands on its own feet.")
    return form_page(request, project, form, _("Fiscal hosting"), lead=lead)


@door(HOST, opens=(a_project, a_hosting))
def hosting_ending(request: HttpRequest, project: Project, hosting: Hosting) -> HttpResponse:
    """Say that it ended, and what comes next."""
    form = HostingEndForm(
        request.POST or None, since=hosting.since, initial={"until": clock.today()}
    )
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            by = request.visitor.person  # type: ignore[attr-defined]
            end_hosting(hosting=hosting, **form.cleaned_data, by=by, at=clock.now())
            return hub_of(project)

        try:
            return once(request, act)
        except HostingOver:
            form.add_error(None, _("This was said already: nothing more to do."))
    heading = _("%(name)s no longer hosts the project") % {"name": hosting.name}
    return form_page(request, project, form, heading)
