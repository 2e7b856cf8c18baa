"""Who of the team holds a project; pauses."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from essor.kit import clock
from essor.kit.once import once
from essor.projects.doors import a_project
from essor.projects.models import Project
from essor.support.actions.following import end_pause, hold_project, pause
from essor.support.forms.following import ContactForm, PauseForm
from essor.support.queries.following import contact_of
from essor.support.views.page import form_page, whoever
from essor.territories.doors import HOST, door


def _page_of(project: Project) -> str:
    return reverse("support:project", args=[project.territory.slug, project.public_id])


@door(HOST, opens=(a_project,))
def contact(request: HttpRequest, project: Project) -> HttpResponse:
    held = contact_of(project)
    initial = {"person": held.person_id if held else None}
    form = ContactForm(request.POST or None, territory=project.territory, initial=initial)
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            person = form.cleaned_data["person"]
            hold_project(project=project, person=person, by=whoever(request), at=clock.now())
            return _page_of(project)

        return once(request, act)
    back = (str(project), _page_of(project))
    return form_page(request, form, _("Who holds this project?"), back)


@door(HOST, opens=(a_project,))
def resting(request: HttpRequest, project: Project) -> HttpResponse:
    """Leave it alone until a day."""
    form = PauseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            pause(project=project, **form.cleaned_data, by=whoever(request), at=clock.now())
            return _page_of(project)

        return once(request, act)
    lead = _("No reminder leaves for this project meanwhile, and its silence counts for nothing.")
    back = (str(project), _page_of(project))
    return form_page(request, form, _("A pause"), back, lead=lead, save=_("Leave it alone"))


@door(HOST, opens=(a_project,))
@require_POST
def waking(request: HttpRequest, project: Project) -> HttpResponse:
    """Count on it again from now on."""

    def act() -> str:
        end_pause(project=project, by=whoever(request), at=clock.now())
        return _page_of(project)

    return once(request, act)
