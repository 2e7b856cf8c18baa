"""What this room hangs on the pages of others: a project's cohort and mentors, the header."""

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from essor.exchanges.doors import of_the_group
from essor.kit import clock, navigation
from essor.kit.panels import Panel, register
from essor.projects.models import Project
from essor.support.doors import speaks_for
from essor.support.queries.cohorts import places_of
from essor.support.queries.mentors import mentorings_of
from essor.support.queries.recommendations import waiting_for
from essor.territories.models import Role


def on_project(request: HttpRequest, project: Project) -> Panel | None:
    """Its cohort, for everybody; who accompanies it, for its group and the hosts."""
    rights = request.rights  # type: ignore[attr-defined]
    inside = rights.is_host or of_the_group(rights, project=project)
    places = places_of(project)
    mentorings = mentorings_of(project) if inside else []
    speaks = rights.is_host or speaks_for(rights, project=project)
    if not places and not mentorings and not (speaks and project.published_at):
        return None
    context = {
        "project": project,
        "places": places,
        "mentorings": mentorings,
        "inside": inside,
        "host": rights.is_host,
        "speaks": speaks,
        "waiting": waiting_for(project) if speaks else 0,
        "today": clock.today(),
    }
    return Panel("support/_on_project.html", context)


register("project", on_project, order=15)
navigation.add(
    _("Support"), "support:cohorts", order=65, place=navigation.TEAM, roles={Role.Kind.HOST}
)
