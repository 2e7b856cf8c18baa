"""The stage rail of a project, as the page draws it."""

from essor.kit.pieces import Step
from essor.projects.models import Project
from essor.projects.states import rail_of


def rail(project: Project) -> list[Step]:
    """One step a stage, done, now or ahead."""
    stages = rail_of(project.stage)
    here = stages.index(project.stage)
    return [
        Step(
            str(Project.Stage(stage).label).capitalize(),
            "done" if place < here else "now" if place == here else "ahead",
        )
        for place, stage in enumerate(stages)
    ]
