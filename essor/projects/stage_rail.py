"""The stage rail of a project, as the page draws it."""

from essor.kit.pieces import Step
from essor.projects.models import Project
from essor.projects.stages import Way


def rail(project: Project, way: Way) -> list[Step]:
    """One step a place of the way: done, now or ahead."""
    stages = way.rail(project.stage)
    here = way.stage(project.stage).place
    return [
        Step(
            stage.title,
            "done" if stage.place < here else "now" if stage.place == here else "ahead",
        )
        for stage in stages
    ]
