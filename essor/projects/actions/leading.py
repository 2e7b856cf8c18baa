"""Every write about who carries a project: calling for a leader, naming one, their leaving."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from django.utils import timezone

from essor.kit.locks import lock
from essor.ledger.actions import Named, action, nothing_changed, record, step
from essor.ledger.models import Audience
from essor.people.models import Person
from essor.projects.leading import WAITING, leaders_of, leads, open_call
from essor.projects.letters import post_leaderless, post_named, post_search_over
from essor.projects.models import LeaderAnswer, LeaderCall, Leadership, Membership, Project

Ending, State = LeaderCall.Ending, LeaderAnswer.State


class CallWithoutWords(Exception):
    """A call says why a leader is looked for, and what is asked."""


class ClosesBeforeOpening(Exception):
    """The last day of a call comes before its first."""


class CalledMeanwhile(Exception):
    """Somebody opened a call meanwhile: that one may be worded anew."""


class CallOver(Exception):
    """The call has ended: ``call`` says how, when and by whom."""

    def __init__(self, call: LeaderCall) -> None:
        super().__init__(call.pk)
        self.call = call


class LeadsAlready(Exception):
    """This person carries the project today."""


class NotYet(Exception):
    """A term that begins in the future, or ends there or before it began."""


class LeftAlready(Exception):
    """This person's term has ended."""


@dataclass(frozen=True, slots=True)
class CallWords:
    """What a call says; ``closes_on`` is its last day, None where none is said."""

    why: str
    asked: str
    opens_on: date
    closes_on: date | None = None
    decided_by: str = ""

    def checked(self) -> "CallWords":
        """The same without blanks around. Raises ``CallWithoutWords``, ``ClosesBeforeOpening``."""
        why, asked = self.why.strip(), self.asked.strip()
        if not why or not asked:
            raise CallWithoutWords
        if self.closes_on is not None and self.closes_on < self.opens_on:
            raise ClosesBeforeOpening
        return CallWords(why, asked, self.opens_on, self.closes_on, self.decided_by.strip()[:200])


M = TypeVar("M", LeaderCall, LeaderAnswer, Leadership)


def project_first(project: Project, row: M) -> tuple[Project, M]:
    """Both locked, the project before what belongs to it: whoever ends a search holds the project
    and goes on to all its answers, so that the other order would let two wait for each other.
    """
    project = lock(project)
    return project, lock(row)


@action
def call_for_leader(
    *, project: Project, words: CallWords, by: Named | None, at: datetime
) -> LeaderCall:
    """Open a call: from now on the project says everywhere that it looks for who will carry it.

    Raises ``CalledMeanwhile`` where one is open, and what ``CallWords.checked`` raises.
    """
    words = words.checked()
    project = lock(project)
    if open_call(project) is not None:
        raise CalledMeanwhile
    call = LeaderCall.objects.create(
        project=project, created_at=at, why=words.why, asked=words.asked,
        opens_on=words.opens_on, closes_on=words.closes_on, decided_by=words.decided_by,
    )  # fmt: skip
    _want(project, wanted=True)
    _record(project, "leader_wanted", by, at, call=call.public_id)
    return call


@step
def call_by_itself(*, project: Project, by: Named | None, at: datetime) -> LeaderCall | None:
    """Open a call without words for a project, which is locked, whose sheet names nobody.

    Whoever reads it finds the house's own words in their language; hosts hear of it once a day and
    word it anew or end the search. None where somebody leads, or a call is open.
    """
    if open_call(project) is not None or leaders_of(project).exists():
        return None
    call = LeaderCall.objects.create(
        project=project, created_at=at, opens_on=timezone.localdate(at)
    )
    _want(project, wanted=True)
    _record(project, "leader_wanted", by, at, call=call.public_id, by_itself=True)
    post_leaderless(project, at=at)
    return call


@action
def reword_call(
    *, call: LeaderCall, words: CallWords, by: Named | None, at: datetime
) -> LeaderCall:
    """Word an open call anew, or change its days. Raises ``CallOver``, and as ``checked`` does."""
    words = words.checked()
    project, call = project_first(call.project, call)
    call.project = project
    if call.ended_at is not None:
        raise CallOver(call)
    names = ("why", "asked", "opens_on", "closes_on", "decided_by")
    changed = [name for name in names if getattr(call, name) != getattr(words, name)]
    if not changed:
        nothing_changed()
        return call
    for name in changed:
        setattr(call, name, getattr(words, name))
    call.save(update_fields=changed)
    record(by=by, at=at, verb="leader_reworded", of=call.project, territory=call.project.territory)
    return call


@action
def end_search(*, project: Project, by: Person | None, at: datetime) -> Project:
    """No longer look for a leader: the group goes on as it is. Whoever answered hears of it."""
    project = lock(project)
    if not project.leader_wanted:
        nothing_changed()
        return project
    _end_call(project, Ending.DROPPED, by, at)
    _want(project, wanted=False)
    _close_answers(project, None, by, at)
    _record(project, "leader_search_ended", by, at)
    return project


@action
def name_leader(
    *,
    project: Project,
    person: Person,
    since: date,
    shows_name: bool,
    by: Person | None,
    at: datetime,
) -> Leadership:
    """Say who carries the project; the search ends, and the person is told by mail.

    Raises ``LeadsAlready``, and ``NotYet`` for a day to come.
    """
    project = lock(project)
    leadership = begin_to_lead(
        project=project, person=person, since=since, shows_name=shows_name, by=by, at=at
    )
    post_named(leadership, at=at)
    return leadership


@step
def begin_to_lead(
    *,
    project: Project,
    person: Person,
    since: date,
    shows_name: bool,
    by: Person | None,
    at: datetime,
) -> Leadership:
    """``person`` leads the project, which is locked: one of the group; the search is over."""
    if since > timezone.localdate(at):
        raise NotYet
    if leads(person, project):
        raise LeadsAlready
    call = _end_call(project, Ending.FOUND, by, at)
    leadership = Leadership.objects.create(
        project=project, person=person, since=since, shows_name=shows_name, call=call
    )
    part, new = Membership.objects.get_or_create(
        project=project,
        person=person,
        defaults={"part": Membership.Part.MEMBER, "since": at},
    )
    if not new and part.part != Membership.Part.MEMBER:
        part.part = Membership.Part.MEMBER
        part.save(update_fields=["part"])
    _want(project, wanted=False)
    _close_answers(project, person, by, at)
    _record(project, "leader_found", by, at, leadership=leadership.public_id)
    return leadership


@action
def end_leadership(
    *, leadership: Leadership, until: date, by: Named | None, at: datetime
) -> Leadership:
    """This person no longer carries the project, which stays, and looks on where nobody leads.

    Raises ``LeftAlready``, and ``NotYet`` for a day to come or before the first.
    """
    project, leadership = project_first(leadership.project, leadership)
    leadership.project = project
    if leadership.until is not None:
        raise LeftAlready
    if until > timezone.localdate(at) or until < leadership.since:
        raise NotYet
    stop_leading(leadership=leadership, until=until, by=by, at=at)
    return leadership


@step
def stop_leading(*, leadership: Leadership, until: date, by: Named | None, at: datetime) -> None:
    """End the term; the project wants a leader where that was the last one."""
    leadership.until = until
    leadership.save(update_fields=["until"])
    project = leadership.project
    alone = not Leadership.objects.filter(project=project, until=None).exists()
    if alone:
        _want(project, wanted=True)
    _record(project, "leader_left", by, at, leadership=leadership.public_id, wanted=alone)


def _want(project: Project, *, wanted: bool) -> None:
    if project.leader_wanted != wanted:
        project.leader_wanted = wanted
        project.save(update_fields=["leader_wanted"])


def _end_call(project: Project, ending: str, by: Person | None, at: datetime) -> LeaderCall | None:
    call = open_call(project)
    if call is not None:
        call.ending, call.ended_at, call.ended_by = ending, at, by
        call.save(update_fields=["ending", "ended_at", "ended_by"])
    return call


def _close_answers(project: Project, found: Person | None, by: Person | None, at: datetime) -> None:
    """Answer everybody who still waits: thanks, and what became of the search."""
    waiting = LeaderAnswer.objects.filter(project=project, state__in=WAITING)
    for answer in waiting.select_related("person").order_by("id"):
        answer.project = project
        own = found is not None and answer.person_id == found.pk
        own = own and answer.kind == LeaderAnswer.Kind.ME
        answer.state = State.CHOSEN if own else State.NOT_NOW
        answer.state_at, answer.settled_by = at, by
        answer.save(update_fields=["state", "state_at", "settled_by"])
        if not own:
            post_search_over(answer, found=found is not None, at=at)


def _record(project: Project, verb: str, by: Named | None, at: datetime, **data: object) -> None:
    record(
        by=by,
        at=at,
        verb=verb,
        of=project,
        territory=project.territory,
        audience=Audience.PUBLIC,
        data=data,
    )
