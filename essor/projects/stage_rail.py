"""The stage rail of a project: as its page draws it, and in small for cards."""

import functools
from collections.abc import Iterable

from django.utils.safestring import SafeString, mark_safe

from essor.kit.pieces import Step
from essor.projects.models import Project
from essor.projects.rules import follows_the_stages
from essor.projects.stages import Way

FIRST, APART = 7, 22
"""Where the first dot of the small rail stands, and how far apart they are (pixels)."""


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


def tell_stages(projects: Iterable[Project], way: Way) -> None:
    """Write on each project of a list what its card says of its way: ``stage_name`` in words, and
    ``small_rail``, empty where there is no stage to show.
    """
    for project in projects:
        awake = project.condition == Project.Condition.AWAKE
        shown = awake and follows_the_stages(project)
        project.stage_name = way.stage(project.stage).name  # type: ignore[attr-defined]
        project.small_rail = small_rail(*way.walked(project.stage)) if shown else ""  # type: ignore[attr-defined]


@functools.lru_cache(maxsize=200)
def small_rail(behind: int, ahead: int) -> SafeString:
    """The rail as a row of dots; the words beside it say the stage, so it is silent when read out.

    Kept: lists show it by the hundred, and there are only so many.
    """
    steps = [*["done"] * behind, "now", *["ahead"] * ahead]
    here, last = FIRST + behind * APART, FIRST + (len(steps) - 1) * APART
    dots = "".join(
        f'<circle class="dots__{step}" cx="{FIRST + place * APART}" cy="7"'
        f' r="{6.25 if step == "now" else 4.25}"/>'
        for place, step in enumerate(steps)
    )
    return mark_safe(  # noqa: S308 - our own words
        f'<svg class="dots" viewBox="0 0 {last + FIRST} 14" aria-hidden="true">'
        f'<path class="dots__walked" d="M{FIRST} 7H{here}"/><path d="M{here} 7H{last}"/>{dots}</svg>'
    )
