"""Who carries a project today, whom it looks for, who answered: reads, and the life of an answer."""

from collections.abc import Collection
from datetime import date

from django.db.models import QuerySet

from essor.people.models import Person
from essor.projects.models import Hosting, LeaderAnswer, LeaderCall, Leadership, Project
from essor.territories.models import Territory

State = LeaderAnswer.State

ANSWER_MOVES: dict[str, tuple[str, ...]] = {
    State.NEW: (State.TALKING, State.CHOSEN, State.NOT_NOW, State.WITHDRAWN),
    State.TALKING: (State.CHOSEN, State.NOT_NOW, State.WITHDRAWN),
    State.NOT_NOW: (State.TALKING,),
    State.CHOSEN: (),
    State.WITHDRAWN: (),
}
WAITING = (State.NEW, State.TALKING)
"""What still waits for somebody of the team."""

if set(ANSWER_MOVES) != set(State.values):
    raise TypeError("Every state of an answer has its line in the table of moves.")


def may_become(answer: LeaderAnswer, state: str) -> bool:
    """Whether the answer may move there; only whoever offered themself can be chosen."""
    if state == State.CHOSEN and answer.kind != LeaderAnswer.Kind.ME:
        return False
    return state in ANSWER_MOVES[answer.state]


def host_moves(answer: LeaderAnswer) -> tuple[str, ...]:
    """What a host may answer now: taking back belongs to whoever wrote."""
    offered = (state for state in ANSWER_MOVES[answer.state] if state != State.WITHDRAWN)
    return tuple(state for state in offered if may_become(answer, state))


def open_call(project: Project) -> LeaderCall | None:
    """The call that has not ended; its days may be still to come or past."""
    call = LeaderCall.objects.filter(project=project, ended_at=None).first()
    if call is not None:
        call.project = project
    return call


def takes_answers(call: LeaderCall | None, today: date) -> bool:
    """Whether one may answer today: within the call's days, or at any time where there are none."""
    if call is None:
        return True
    return call.opens_on <= today and (call.closes_on is None or today <= call.closes_on)


def leaders_of(project: Project) -> QuerySet[Leadership]:
    """Who leads it today, whoever began first first."""
    return Leadership.objects.filter(project=project, until=None).select_related("person")


def leading(projects: Collection[int | None]) -> QuerySet[Leadership]:
    """Who leads each of these projects (primary keys) today."""
    return Leadership.objects.filter(
        project__in=[each for each in projects if each], until=None
    ).select_related("person")


def leads(person: Person | None, project: Project) -> bool:
    if person is None:
        return False
    return Leadership.objects.filter(project=project, person=person, until=None).exists()


def terms_of(project: Project) -> list[Leadership]:
    """All who ever led it, in order."""
    return list(Leadership.objects.filter(project=project).select_related("person"))


def hostings_of(project: Project) -> list[Hosting]:
    """All that ever carried contracts for it, in order."""
    return list(Hosting.objects.filter(project=project))


def answers_to(project: Project) -> QuerySet[LeaderAnswer]:
    """What people answered, latest first, with who wrote and who answered them."""
    return LeaderAnswer.objects.filter(project=project).select_related(
        "person", "settled_by", "after__person"
    )


def answers_waiting(territory: Territory) -> QuerySet[LeaderAnswer]:
    """Answers to which nobody of the team said anything yet, longest first."""
    return (
        LeaderAnswer.objects.filter(project__territory=territory, state=State.NEW)
        .select_related("person", "project")
        .order_by("created_at", "id")
    )
