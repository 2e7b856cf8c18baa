"""Projects are found by their title and what they say of themselves."""

from django.db.models import OuterRef, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from essor.kit.finding import Found, Told, declare
from essor.projects.models import LeaderCall, Project


def public() -> QuerySet[Project]:
    """Published and titled: a sheet that nobody typed yet has nothing to be found by."""
    published = Project.objects.filter(published_at__isnull=False).exclude(title="")
    calls = LeaderCall.objects.filter(project=OuterRef("pk"), ended_at=None).order_by("id")
    asked = Subquery(calls.values("asked")[:1])
    return published.select_related("territory").annotate(call_asks=asked)


def told(project: Project) -> Told:
    address = reverse("projects:project", args=[project.territory.slug, project.public_id])
    asked: str | None = project.call_asks  # type: ignore[attr-defined]
    said = " ".join(filter(None, [project.summary, asked, project.place, project.origin]))
    return Told(project.title, said, address)


declare(Found("project", 4, _("Projects"), _("project"), public, told, {"project": "public_id"}))
