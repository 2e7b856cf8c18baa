"""What this room tells of its projects: to fates that lead to one, and to whoever words a challenge."""

from collections.abc import Collection

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from essor.challenges.nearby import Teller, Work, changes_of
from essor.harvest.targets import Target
from essor.projects.models import Project


def _public() -> QuerySet[Project]:
    """Published projects that carry a title."""
    return (
        Project.objects.filter(published_at__isnull=False, territory__rehearsal=False)
        .exclude(title="")
        .select_related("territory")
        .order_by("id")
    )


def claim_of(project: Project) -> str | Promise:
    """What may be said of it: the tie its source reports, in words, and nothing beyond."""
    if project.sut_link:
        return Project.SutLink(project.sut_link).label
    return gettext_lazy("project")


def address_of(project: Project) -> str:
    """The path of its page; give it with its territory."""
    return reverse("projects:project", args=[project.territory.slug, project.public_id])


def _as_work(project: Project) -> Work:
    return Work(
        kind="project",
        key=project.public_id,
        title=project.title,
        place=project.territory.name,
        address=address_of(project),
        claim=claim_of(project),
        text=project.summary,
        year=project.year,
        sources=tuple(project.sources),
        invented=project.invented,
        territory=project.territory_id,
    )


def find_targets(keys: Collection[str]) -> dict[str, Target]:
    """Projects by public id, as fates name them."""
    return {
        project.public_id: Target(project.title, address_of(project))
        for project in _public().filter(public_id__in=keys)
    }


TELLER = Teller(
    kind="project",
    everything=lambda: [_as_work(each) for each in _public()],
    some=lambda keys: [_as_work(each) for each in _public().filter(public_id__in=keys)],
    mark=lambda: changes_of("project", Project),
)
