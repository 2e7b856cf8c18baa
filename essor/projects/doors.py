"""How projects and stages are found in a territory: sheets being written are the team's alone."""

from essor.kit.prepared import Prepared
from essor.projects.models import Project
from essor.projects.stages import Stage, way_of
from essor.territories.doors import Opens, Rights
from essor.territories.models import Territory

_project = Prepared(
    lambda territory, key: Project.objects.select_related("sheet").filter(
        territory_id=territory, public_id=key
    ),
    int,
    str,
)


def find_project(rights: Rights, territory: Territory, key: str) -> Project | None:
    """A project by its public id; an unpublished one is shown to the team only."""
    project = _project.first(territory.pk, key)
    if project is None:
        return None
    project.territory = territory
    return project if project.published_at or rights.is_team else None


a_project = Opens("project", find_project)


def find_stage(rights: Rights, territory: Territory, key: str) -> Stage | None:
    """A stage of the territory's way by its key, dropped ones too."""
    return next((stage for stage in way_of(territory).everything if stage.key == key), None)


a_stage = Opens("stage", find_stage)
