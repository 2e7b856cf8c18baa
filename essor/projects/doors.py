"""How projects, stages and who leads are found: sheets being written are the team's alone."""

from typing import Any

from essor.kit.prepared import within
from essor.projects.leading import leads
from essor.projects.models import Hosting, LeaderAnswer, Leadership, Project
from essor.projects.stages import Stage, way_of
from essor.territories.doors import Opens, Rights
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


def find_answer(rights: Rights, project: Project, key: str) -> LeaderAnswer | None:
    """An answer to the project's search, by its public id."""
    found = LeaderAnswer.objects.select_related("person", "settled_by", "call", "after__person")
    answer = found.filter(project=project, public_id=key).first()
    if answer is not None:
        answer.project = project
    return answer


def holds_answer(rights: Rights, *, answer: LeaderAnswer, **others: Any) -> bool:
    """This browser gave the answer (or opened its personal link), or it is the person's account."""
    if rights.holds(ANSWER, answer.public_id):
        return True
    return rights.person is not None and rights.person.pk == answer.person_id


def find_leadership(rights: Rights, project: Project, key: str) -> Leadership | None:
    """Somebody's term at the head of the project."""
    found = Leadership.objects.select_related("person").filter(project=project, public_id=key)
    leadership = found.first()
    if leadership is not None:
        leadership.project = project
    return leadership


def find_hosting(rights: Rights, project: Project, key: str) -> Hosting | None:
    """An organisation's hosting of the project."""
    hosting = Hosting.objects.filter(project=project, public_id=key).first()
    if hosting is not None:
        hosting.project = project
    return hosting


def leads_it(rights: Rights, *, project: Project, **others: Any) -> bool:
    """Somebody signed in who leads the project today."""
    return leads(rights.person, project)


def is_their_own(rights: Rights, *, leadership: Leadership, **others: Any) -> bool:
    """Whoever leads may leave."""
    return rights.person is not None and rights.person.pk == leadership.person_id


an_answer = Opens("answer", find_answer)
a_leadership = Opens("leadership", find_leadership)
a_hosting = Opens("hosting", find_hosting)
