"""Projects are found by their title and what they say of themselves."""

from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from essor.kit.finding import Found, Told, declare
from essor.projects.models import LeaderCall, Project


def public() -> QuerySet[Project]:
    """Published and titled: a sheet that nobody typed yet has nothing to be found by."""
    published = Project.objects.filter(published_at__isnull=False).exclude(title="")
    calls = Prefetch("leader_calls", LeaderCall.objects.filter(ended_at=None), to_attr="open_calls")
    return published.select_related("territory").prefetch_related(calls)


def told(project: Project) -> Told:
    address = reverse("projects:project", args=[project.territory.slug, project.public_id])
    calls = [f"{call.why} {call.asked}" for call in project.open_calls]  # type: ignore[attr-defined]
    said = " ".join(filter(None, [project.summary, *calls, project.origin]))
    return Told(project.title, said, address)


declare(Found("project", 4, _("Projects"), _("project"), public, told, {"project": "public_id"}))
