"""How projects are found inside a territory: sheets being written exist for the team alone."""

from essor.projects.models import Project
from essor.territories.doors import Opens, Rights
from essor.territories.models import Territory


def find_project(rights: Rights, territory: Territory, key: str) -> Project | None:
    """A project by its public id; an unpublished one is shown to the team only."""
    project = (
        Project.objects.filter(territory=territory, public_id=key)
        .select_related("sheet", "merged_into")
        .first()
    )
    if project is None:
        return None
    project.territory = territory
    return project if project.published_at or rights.is_team else None


a_project = Opens("project", find_project)
