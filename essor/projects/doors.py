"""How projects, stages and who leads are found: sheets being written are the team's alone."""

from typing import Any

from essor.kit.prepared import within
from essor.projects.leading import leads
from essor.projects.models import Hosting, LeaderAnswer, Leadership, Project
from essor.projects.stages import Stage, way_of
from essor.territories.doors import Opens, Rights, found_in, holder
from essor.territories.models import Territory

_project = within(Project, "territory", "sheet")


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


ANSWER = "leader_answer"
"""The kind of key that a browser holds for an answer it gave (``Visitor.give_key``)."""


holds_answer = holder("answer", ANSWER)


def leads_it(rights: Rights, *, project: Project, **others: Any) -> bool:
    """Somebody signed in who leads the project today."""
    return leads(rights.person, project)


def is_their_own(rights: Rights, *, leadership: Leadership, **others: Any) -> bool:
    """Whoever leads may leave."""
    return rights.person is not None and rights.person.pk == leadership.person_id


an_answer = Opens(
    "answer", found_in(LeaderAnswer, "project", "person", "settled_by", "call", "after__person")
)
a_leadership = Opens("leadership", found_in(Leadership, "project", "person"))
a_hosting = Opens("hosting", found_in(Hosting, "project"))
