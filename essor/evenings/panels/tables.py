"""The table on its project's page, and what remains to do after an evening on the host desk."""

from django.http import HttpRequest

from essor.evenings.models import Evening, Table
from essor.evenings.queries.tables import people_of, spheres_around
from essor.kit.models import Mail
from essor.kit.panels import Panel, register
from essor.projects.models import Project
from essor.projects.queries import followers, membership_of
from essor.projects.rules import PUBLIC_FLOOR, sees_the_group
from essor.territories.models import Territory


def table_of_project(request: HttpRequest, project: Project) -> Panel | None:
    """Where it was born. Numbers of people only to the group and the team, or from ten on."""
    table = Table.objects.select_related("evening").filter(project=project).first()
    if table is None:
        return None
    visitor, rights = request.visitor, request.rights  # type: ignore[attr-defined]
    inside = sees_the_group(rights, membership_of(project, visitor.recognised))
    people, following = people_of(table) if inside else [], followers(project)
    context = {
        "table": table,
        "evening": table.evening,
        "project": project,
        "inside": inside,
        "people": len(people),
        "seats": [each.sphere for each in people if each.sphere]
        if inside
        else spheres_around(table),
        "spheres": len(spheres_around(table)),
        "followers": following if inside or following >= PUBLIC_FLOOR else 0,
    }
    return Panel("evenings/_table_of_project.html", context)


def to_do_after_an_evening(request: HttpRequest, territory: Territory) -> Panel | None:
    """Tables whose sheet has not come in, and the mail that waits to be sent."""
    evening = (
        Evening.objects.filter(territory=territory, state=Evening.State.OVER, tables__isnull=False)
        .order_by("-date", "-id")
        .first()
    )
    if evening is None:
        return None
    missing = list(evening.tables.filter(done_at=None).order_by("number"))
    written = Mail.objects.filter(key__startswith=f"day-after:{evening.public_id}:").exists()
    if written and not missing:
        return None
    context = {"territory": territory, "evening": evening, "missing": missing, "written": written}
    return Panel("evenings/_to_do_after.html", context)


register("project", table_of_project, order=10)
register("host_desk", to_do_after_an_evening, order=10)
