"""Every write about answers to a search: giving one, a host's reply, choosing, taking it back."""

from datetime import datetime

from django.utils import timezone

from essor.kit.locks import lock
from essor.ledger.actions import Named, action, record
from essor.people.actions import make_link
from essor.people.models import Person
from essor.projects.actions.leading import begin_to_lead, project_first
from essor.projects.leading import may_become, open_call, takes_answers
from essor.projects.letters import post_answered, post_to_hosts, post_welcomed
from essor.projects.models import LeaderAnswer, LeaderCall, Leadership, Project

LINK = "leader_answer"
"""The purpose of the personal link that opens one's answer, to look at it or take it back."""
State = LeaderAnswer.State


class NotSearching(Exception):
    """The project looks for nobody (any more)."""


class NotTheDays(Exception):
    """The call opens later, or its last day has passed."""

    def __init__(self, call: LeaderCall | None) -> None:
        super().__init__()
        self.call = call


class NothingSaid(Exception):
    """An answer says a word about why."""


class AnsweredMeanwhile(Exception):
    """Somebody of the team was faster, or the person took it back: ``answer`` says what holds."""

    def __init__(self, answer: LeaderAnswer) -> None:
        super().__init__(answer.pk)
        self.answer = answer


class ReplyNotAllowed(Exception):
    """From where the answer is, the table of moves does not lead there."""


@action
def answer_search(
    *,
    project: Project,
    person: Person,
    kind: str,
    words: str,
    by: Named | None,
    at: datetime,
    shows_name: bool = False,
    after: LeaderAnswer | None = None,
) -> tuple[LeaderAnswer, str]:
    """Keep that ``person`` could carry the project, or knows somebody; return it with its link.

    ``after`` is the recommendation that led here. The person is thanked by mail, hosts are told
    once a day. Raises ``NotSearching``, ``NotTheDays`` and ``NothingSaid``.
    """
    words = words.strip()
    if not words:
        raise NothingSaid
    project = lock(project)
    if not project.seeks_leader:
        raise NotSearching
    call = open_call(project)
    if not takes_answers(call, timezone.localdate(at)):
        raise NotTheDays(call)
    answer = LeaderAnswer.objects.create(
        project=project, call=call, person=person, kind=kind, words=words, after=after,
        shows_name=shows_name and kind == LeaderAnswer.Kind.ME, state_at=at, created_at=at,
    )  # fmt: skip
    _record(answer, "leader_answered", by or person, at)
    token = make_link(person=person, purpose=LINK, subject=answer.public_id, by=by, at=at)
    post_welcomed(answer, token=token, at=at)
    post_to_hosts(project, at=at)
    return answer, token


@action
def reply(
    *,
    answer: LeaderAnswer,
    state: str,
    words: str,
    by: Person | None,
    at: datetime,
    seen: str = "",
) -> LeaderAnswer:
    """A host's reply, told to the person in the host's words: talking, or not now.

    ``seen`` is the state that the host looked at. Raises ``AnsweredMeanwhile``, and
    ``ReplyNotAllowed`` (choosing is ``choose_leader``).
    """
    answer = lock(answer)
    if state not in {State.TALKING, State.NOT_NOW}:
        raise ReplyNotAllowed
    _move(answer, state, seen, by, at)
    _record(answer, "leader_answer_replied", by, at)
    post_answered(answer, words=words.strip(), at=at)
    return answer


@action
def choose_leader(
    *, answer: LeaderAnswer, words: str, by: Person | None, at: datetime, seen: str = ""
) -> Leadership:
    """Whoever answered leads the project from today; the call ends and the others are thanked.

    Of two hosts who choose at once the second is told (``AnsweredMeanwhile``). Raises
    ``ReplyNotAllowed`` too, and ``LeadsAlready``.
    """
    project, answer = project_first(answer.project, answer)
    _move(answer, State.CHOSEN, seen, by, at)
    answer.project = project
    leadership = begin_to_lead(
        project=project,
        person=answer.person,
        since=timezone.localdate(at),
        shows_name=answer.shows_name,
        by=by,
        at=at,
    )
    post_answered(answer, words=words.strip(), at=at)
    return leadership


@action
def take_back(*, answer: LeaderAnswer, by: Person, at: datetime) -> LeaderAnswer:
    """Whoever answered changed their mind, without a reason. Raises ``ReplyNotAllowed``."""
    answer = lock(answer)
    if not may_become(answer, State.WITHDRAWN):
        raise ReplyNotAllowed
    answer.state, answer.state_at, answer.settled_by = State.WITHDRAWN, at, None
    answer.save(update_fields=["state", "state_at", "settled_by"])
    _record(answer, "leader_answer_taken_back", by, at)
    return answer


def _move(answer: LeaderAnswer, state: str, seen: str, by: Person | None, at: datetime) -> None:
    if seen and answer.state != seen:
        raise AnsweredMeanwhile(answer)
    if not may_become(answer, state):
        raise ReplyNotAllowed
    answer.state, answer.state_at, answer.settled_by = state, at, by
    answer.save(update_fields=["state", "state_at", "settled_by"])


def _record(answer: LeaderAnswer, verb: str, by: Named | None, at: datetime) -> None:
    record(
        by=by,
        at=at,
        verb=verb,
        of=answer,
        territory=answer.project.territory,
        part_of=answer.project,
        data={"kind": answer.kind, "state": answer.state},
    )
