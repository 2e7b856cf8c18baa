"""What promises and needs say of a project's life: a sign each time that one moves."""

from collections.abc import Iterator
from datetime import datetime

from essor.exchanges.models import Commitment, Need
from essor.exchanges.states import State
from essor.projects.models import Project
from essor.projects.pace import lives_too

NOT_THEIRS = (State.RELEASED, State.LAPSED)
"""A promise that goes says nothing of the project's own life."""


def signs(projects: list[Project]) -> Iterator[tuple[int, datetime]]:
    """As (project's key, when); two queries."""
    moved = Commitment.objects.filter(project__in=projects).exclude(state__in=NOT_THEIRS)
    for project, when in moved.order_by("id").values_list("project_id", "state_at"):
        if project is not None:
            yield project, when
    asked = Need.objects.filter(project__in=projects).order_by("id")
    for project, written, ended in asked.values_list("project_id", "created_at", "ended_at"):
        yield project, written
        if ended is not None:
            yield project, ended


lives_too(signs)
