"""The life of a project, as one table of allowed moves; checked when imported.

A *stage* says how far it is, a *condition* whether it is under way. Both change by hand, by a
host, with a reason. A stage may be left backwards by one step: "we went too fast" is allowed.
"""

from essor.projects.models import Project

Stage, Condition = Project.Stage, Project.Condition

STAGE_MOVES: dict[str, tuple[str, ...]] = {
    Stage.SHEET: (Stage.GROUP,),
    Stage.GROUP: (Stage.OPPORTUNITY, Stage.SHEET),
    Stage.OPPORTUNITY: (Stage.FEASIBILITY, Stage.GROUP),
    Stage.FEASIBILITY: (Stage.INCUBATION, Stage.LANDING, Stage.OPPORTUNITY),
    Stage.INCUBATION: (Stage.LAUNCHED, Stage.FEASIBILITY),
    Stage.LANDING: (Stage.LAUNCHED, Stage.FEASIBILITY),
    Stage.LAUNCHED: (Stage.TAKEN_OFF, Stage.INCUBATION, Stage.LANDING),
    Stage.TAKEN_OFF: (Stage.LAUNCHED,),
}

CONDITION_MOVES: dict[str, tuple[str, ...]] = {
    Condition.AWAKE: (Condition.ASLEEP, Condition.MERGED, Condition.STOPPED),
    Condition.ASLEEP: (Condition.AWAKE, Condition.MERGED, Condition.STOPPED),
    Condition.STOPPED: (Condition.AWAKE,),
    Condition.MERGED: (),
}

RAIL = (
    Stage.SHEET,
    Stage.GROUP,
    Stage.OPPORTUNITY,
    Stage.FEASIBILITY,
    Stage.INCUBATION,
    Stage.LAUNCHED,
    Stage.TAKEN_OFF,
)
"""What the stage rail shows; landing takes the place of incubation for a proven solution."""

if set(STAGE_MOVES) != set(Stage.values) or set(CONDITION_MOVES) != set(Condition.values):
    raise TypeError("Every stage and every condition has its line in the table of moves.")


def may_move(project: Project, stage: str, condition: str) -> bool:
    """Whether ``project`` may go there: one of the two changes, to a place the table allows.

    A project that is asleep or stopped first wakes up, then moves on.
    """
    if stage == project.stage:
        return condition in CONDITION_MOVES[project.condition]
    return condition == project.condition == Condition.AWAKE and stage in STAGE_MOVES[project.stage]


def rail_of(stage: str) -> tuple[str, ...]:
    """The stages of the rail for a project at ``stage``."""
    if stage != Stage.LANDING:
        return RAIL
    return tuple(Stage.LANDING if each == Stage.INCUBATION else each for each in RAIL)
