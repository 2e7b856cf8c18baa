"""The life of a project: where it may go from where it is.

A *stage* says how far it is (``stages.Way``: the territory's own), a *condition* whether it is
under way. Both change by hand, by a host, with a reason. From a stage one goes on to the next
place, back by one ("we went too fast" is allowed), or over to an alternative. Whatever rests may
start again, at any time.
"""

from essor.projects.models import Project
from essor.projects.stages import Stage, Way

Kind, Condition = Project.Stage, Project.Condition

CONDITION_MOVES: dict[str, tuple[str, ...]] = {
    Condition.AWAKE: (Condition.ASLEEP, Condition.MERGED, Condition.STOPPED),
    Condition.ASLEEP: (Condition.AWAKE, Condition.MERGED, Condition.STOPPED),
    Condition.STOPPED: (Condition.AWAKE,),
    Condition.MERGED: (Condition.AWAKE,),
}

ENDED = frozenset({Condition.STOPPED, Condition.MERGED})
"""No other project joins one that stopped, or that is part of another."""

if set(CONDITION_MOVES) != set(Condition.values):
    raise TypeError("Every condition has its line in the table of moves.")


def stages_open_to(project: Project, way: Way) -> tuple[Stage, ...]:
    """The stages that ``project`` may move to now: onward first, then over, then back.

    A project that is asleep, stopped or merged first starts again, then moves on.
    """
    if project.condition != Condition.AWAKE:
        return ()
    here = project.stage
    return (*way.onward(here), *way.beside(here), *way.back(here))


def may_move(project: Project, stage: str, condition: str, way: Way) -> bool:
    """Whether ``project`` may go there: one of the two changes, to where the tables allow."""
    if stage == project.stage:
        return condition in CONDITION_MOVES[project.condition]
    return condition == project.condition and stage in {
        each.key for each in stages_open_to(project, way)
    }
