"""The table on its project's page, and what remains to do after an evening on the host desk."""

from django.db.models import Exists, OuterRef
from django.http import HttpRequest

from essor.evenings.models import Evening, Registration, Table
from essor.evenings.queries.tables import people_of, spheres_around
from essor.kit.models import Mail
from essor.kit.panels import Panel, register
from essor.kit.prepared import Prepared
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


_last = Prepared(
    lambda key: (
        Evening.objects.filter(territory_id=key, state=Evening.State.OVER)
        .filter(Exists(Registration.objects.filter(evening=OuterRef("pk"))))
        .order_by("-date", "-id")[:1]
    ),
    int,
)  # fmt: skip
"""The last evening that somebody registered for."""


def to_do_after_an_evening(request: HttpRequest, territory: Territory) -> Panel | None:
    """Tables whose sheet has not come in, and the mail that waits to be sent."""
    evening = _last.first(territory.pk)
    if evening is None:
        return None
    missing = list(evening.tables.filter(done_at=None).order_by("number"))
    written = Mail.objects.filter(key__startswith=f"day-after:{evening.public_id}:").exists()
    if written and not missing:
        return None
    context = {"territory": territory, "evening": evening, "missing": missing, "written": written}
    return Panel("evenings/_to_do_after.html", context)


def the_evening_itself(request: HttpRequest, evening: Evening) -> Panel | None:
    """On the desk of the evening: conducting, the big screen, the day after; hosts alone."""
    if not request.rights.is_host:  # type: ignore[attr-defined]
        return None
    return Panel("evenings/_desk_live.html", {"evening": evening})


def in_the_hall(request: HttpRequest, evening: Evening) -> Panel | None:
    """On the public page: the tables while it is under way, then what they made."""
    under_way = evening.state == Evening.State.LIVE
    if not under_way and evening.state != Evening.State.OVER:
        return None
    made = list(
        Project.objects.filter(table__evening=evening, published_at__isnull=False).order_by(
            "table__number", "id"
        )
    )
    if not made and not under_way:
        return None
    context = {"evening": evening, "under_way": under_way, "projects": made}
    return Panel("evenings/_in_the_hall.html", context)


register("evening", in_the_hall, order=10)
register("evening_desk", the_evening_itself, order=20)
register("project", table_of_project, order=10)
register("host_desk", to_do_after_an_evening, order=10)
