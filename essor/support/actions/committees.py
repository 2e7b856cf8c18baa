"""Committees: a hearing, a project's file, conflicts of interest and voices, the decision."""

import json
from datetime import date, datetime

from essor.exchanges.queries.needs import of_project
from essor.kit.locks import lock
from essor.ledger.actions import Named, action, nothing_changed, record, step
from essor.ledger.models import Audience
from essor.people.models import Person
from essor.projects.actions.moves import change_stage, last_move
from essor.projects.models import Project
from essor.projects.queries import membership_of
from essor.projects.sheet_words import answers_of
from essor.projects.stages import way_of
from essor.projects.states import Condition
from essor.support.letters import post_decided
from essor.support.models import Committee, ProjectFile, Voice
from essor.support.queries.recommendations import of_project as advice_of
from essor.support.rules import answers_for
from essor.territories.models import Territory

Decision, Kind = ProjectFile.Decision, Voice.Kind


class AlreadyBefore(Exception):
    """The committee has this project's file."""


class NotOpen(Exception):
    """The project is not published, or not under way."""


class NotAMember(Exception):
    """Only whoever was named for this hearing speaks."""


class NotDeclared(Exception):
    """Before speaking one says whether one has an interest in the project."""


class OfItsGroup(Exception):
    """Whoever is of the project's group has an interest in it, whatever they say."""


class Decided(Exception):
    """The file is decided: nobody adds a voice or decides again."""


class StandsAside(Exception):
    """Whoever declared a conflict of interest neither reads the file, nor speaks, nor decides."""


class NobodySpoke(Exception):
    """A decision needs one member at least who has no conflict of interest."""


class NoReason(Exception):
    """A decision says why."""


class WrongStage(Exception):
    """A go leads to a stage that comes next for the project."""


@action
def call_committee(
    *, territory: Territory, name: str, on: date, place: str, by: Named | None, at: datetime
) -> Committee:
    """A hearing on a day; its members are named next (``actions/members.py``)."""
    committee = Committee.objects.create(
        territory=territory, name=name.strip()[:120], on=on, place=place.strip()[:160],
        created_at=at,
    )  # fmt: skip
    record(by=by, at=at, verb="committee_called", of=committee, territory=territory)
    return committee


@action
def put_before(
    *, committee: Committee, project: Project, by: Named | None, at: datetime
) -> ProjectFile:
    """Freeze the project as it is as a file of the committee. Raises ``NotOpen``, ``AlreadyBefore``."""
    committee = lock(committee)
    if project.published_at is None or project.condition != Condition.AWAKE:
        raise NotOpen
    if committee.files.filter(project=project).exists():
        raise AlreadyBefore
    last = last_move(project)
    file = ProjectFile.objects.create(
        committee=committee, project=project, frozen_at=at,
        frozen=json.dumps(frozen_of(project), ensure_ascii=False),
        seen=last.pk if last else 0,
    )  # fmt: skip
    _record(file, "put_before_committee", by, at)
    return file


def frozen_of(project: Project) -> dict[str, object]:
    """The project as its page tells it now, without names of people."""
    stage = way_of(project.territory).stage(project.stage)
    return {
        "title": str(project),
        "summary": project.summary,
        "stage": stage.title,
        "proof": stage.proof,
        "sheet": [
            [str(label), text] for label, text in answers_of(getattr(project, "sheet", None))
        ],
        "needs": [[need.title, need.held, need.quantity] for need in of_project(project)],
        "advice": [[each.what, each.get_answer_display()] for each in advice_of(project)],
    }


@action
def declare(
    *, file: ProjectFile, person: Person, interest: str, by: Named | None, at: datetime
) -> Voice:
    """Whether a member has an interest in the project: without one (blank) they may read the file.

    With one they stand aside, for good: what they said before goes. Raises ``NotAMember``,
    ``Decided``, ``StandsAside`` and ``OfItsGroup``.
    """
    file = lock(file)
    known = _known(file, person)
    interest = interest.strip()[:600]
    if known and known.kind == Kind.ASIDE:
        raise StandsAside
    if not interest and answers_for(membership_of(file.project, person)):
        raise OfItsGroup
    if known and not interest:
        nothing_changed()
        return known
    kind = Kind.ASIDE if interest else Kind.FREE
    voice = _say(file, person, kind, interest, at)
    _record(file, "stood_aside" if interest else "declared_no_interest", by, at)
    return voice


@action
def speak(
    *, file: ProjectFile, person: Person, kind: str, words: str, by: Named | None, at: datetime
) -> Voice:
    """What a member without an interest thinks; their last word counts.

    Raises ``NotAMember``, ``Decided``, ``NotDeclared`` and ``StandsAside``.
    """
    file = lock(file)
    known = _known(file, person)
    if known is None:
        raise NotDeclared
    if known.kind == Kind.ASIDE:
        raise StandsAside
    voice = _say(file, person, kind, words.strip()[:600], at)
    _record(file, "committee_spoke", by, at)
    return voice


def _known(file: ProjectFile, person: Person) -> Voice | None:
    """What a member said of the file before. Raises ``NotAMember`` and ``Decided``."""
    if not file.committee.members.filter(person=person, left_at=None).exists():
        raise NotAMember
    if file.decision != Decision.NONE:
        raise Decided
    return file.voices.filter(person=person).first()


@step
def _say(file: ProjectFile, person: Person, kind: str, words: str, at: datetime) -> Voice:
    voice, _new = Voice.objects.update_or_create(
        file=file, person=person, defaults={"kind": kind, "words": words, "at": at}
    )
    return voice


@action
def decide(
    *,
    file: ProjectFile,
    decision: str,
    reasons: str,
    public_words: str,
    by: Person | None,
    at: datetime,
    stage: str = "",
) -> ProjectFile:
    """Keep the decision, move the project (go: on to ``stage``; sleep: asleep), tell who leads it.

    ``public_words`` stand in the project's story. Raises ``Decided``, ``NoReason``,
    ``StandsAside``, ``NobodySpoke``, ``WrongStage`` and ``MovedMeanwhile``.
    """
    file = lock(file)
    if file.decision != Decision.NONE:
        raise Decided
    if not reasons.strip() or not public_words.strip():
        raise NoReason
    voices = list(file.voices.order_by("id"))
    if by and any(v.person_id == by.pk and v.kind == Kind.ASIDE for v in voices):
        raise StandsAside
    if all(voice.kind in {Kind.ASIDE, Kind.FREE} for voice in voices):
        raise NobodySpoke
    file.decision, file.reasons = decision, reasons.strip()
    file.decided_at, file.decided_by = at, by
    file.save(update_fields=["decision", "reasons", "decided_at", "decided_by"])
    _move(file, stage, public_words, by, at)
    _record(file, "committee_decided", by, at)
    post_decided(file, at=at)
    return file


def _move(file: ProjectFile, stage: str, why: str, by: Person | None, at: datetime) -> None:
    project = file.project
    if file.decision == Decision.GO:
        way = way_of(project.territory)
        if stage not in {each.key for each in way.onward(project.stage)}:
            raise WrongStage
        change_stage(
            project=project, stage=stage, condition=Condition.AWAKE, why=why, by=by, at=at,
            seen=file.seen,
        )  # fmt: skip
    if file.decision == Decision.SLEEP:
        change_stage(
            project=project, stage=project.stage, condition=Condition.ASLEEP, why=why, by=by,
            at=at, seen=file.seen,
        )  # fmt: skip


def _record(file: ProjectFile, verb: str, by: Named | None, at: datetime) -> None:
    record(
        by=by, at=at, verb=verb, of=file, territory=file.committee.territory,
        audience=Audience.TEAM,
        part_of=file.project, data={"decision": file.decision},
    )  # fmt: skip
