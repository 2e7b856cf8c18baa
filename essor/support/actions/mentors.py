"""Mentors: asking one, their agreement, putting one beside a project, ending it."""

from datetime import datetime

from essor.kit.locks import lock
from essor.ledger.actions import Named, action, nothing_changed, record, step
from essor.ledger.models import Audience
from essor.people.actions import make_link
from essor.people.models import Person
from essor.projects.models import Project
from essor.support.actions.welcoming import somebody
from essor.support.letters import post_mentor_asked, post_mentor_matched
from essor.support.models import Mentor, Mentoring
from essor.support.models.mentors import MOST_PROJECTS
from essor.territories.models import Territory

LINK = "mentor"
"""The purpose of the personal link that opens a mentor's own page."""
WORDING = "2026-11"
"""The version of the words to which a mentor agrees (``support/mentor.html``)."""


class MentorAlready(Exception):
    """This person was asked before, and has not left; ``mentor`` is what they are here."""

    def __init__(self, mentor: Mentor) -> None:
        super().__init__(mentor.public_id)
        self.mentor = mentor


class NotReady(Exception):
    """Somebody who has not agreed, or who left, is put beside no project."""


class MentorFull(Exception):
    """The mentor accompanies as many projects as they said."""


class AlreadyTogether(Exception):
    """This mentor accompanies this project."""


class ProjectNotOpen(Exception):
    """The project is not published, or not of this territory."""


@action
def ask_mentor(
    *,
    territory: Territory,
    first_name: str,
    last_name: str,
    email: str,
    offers: str,
    at_most: int,
    by: Person | None,
    at: datetime,
) -> Mentor:
    """Ask somebody to be a mentor: they get a mail with a link to say yes, or no.

    Somebody of the team with this address is that person. Raises ``MentorAlready``.
    """
    lock(territory)
    email = email.strip().lower()
    known = Mentor.objects.filter(territory=territory, person__email=email, left_at=None)
    if email and (mentor := known.select_related("person").first()):
        raise MentorAlready(mentor)
    person = somebody(
        territory, first_name=first_name, last_name=last_name, email=email, by=by, at=at
    )
    mentor = Mentor.objects.create(
        territory=territory, person=person, offers=offers.strip()[:400],
        at_most=min(max(at_most, 1), MOST_PROJECTS), asked_at=at,
    )  # fmt: skip
    _record(mentor, "mentor_asked", by, at)
    post_mentor_asked(mentor, token=personal_link(mentor=mentor, by=by, at=at), by=by, at=at)
    return mentor


@step
def personal_link(*, mentor: Mentor, by: Named | None, at: datetime) -> str:
    """A new personal link to the mentor's own page."""
    return make_link(person=mentor.person, purpose=LINK, subject=mentor.public_id, by=by, at=at)


@action
def agree(*, mentor: Mentor, by: Named | None, at: datetime) -> Mentor:
    """The person agrees to be a mentor here; agreeing twice is the same. Raises ``NotReady``."""
    mentor = lock(mentor)
    if mentor.left_at is not None:
        raise NotReady
    if mentor.agreed_at is not None:
        nothing_changed()
        return mentor
    mentor.agreed_at, mentor.agreed_to = at, WORDING
    mentor.save(update_fields=["agreed_at", "agreed_to"])
    _record(mentor, "mentor_agreed", by, at)
    return mentor


@action
def reword_offer(
    *, mentor: Mentor, offers: str, at_most: int, by: Named | None, at: datetime
) -> Mentor:
    """What they offer, and to how many projects at most; those they have stay."""
    mentor = lock(mentor)
    offers, at_most = offers.strip()[:400], min(max(at_most, 1), MOST_PROJECTS)
    if (mentor.offers, mentor.at_most) == (offers, at_most):
        nothing_changed()
        return mentor
    mentor.offers, mentor.at_most = offers, at_most
    mentor.save(update_fields=["offers", "at_most"])
    _record(mentor, "mentor_reworded", by, at)
    return mentor


@action
def leave(*, mentor: Mentor, words: str, by: Named | None, at: datetime) -> Mentor:
    """The mentor stops, or never began; what they accompanied ends. Leaving twice is the same."""
    mentor = lock(mentor)
    if mentor.left_at is not None:
        nothing_changed()
        return mentor
    mentor.left_at = at
    mentor.save(update_fields=["left_at"])
    mentor.mentorings.filter(ended_at=None).update(ended_at=at, why_ended=words.strip()[:400])
    _record(mentor, "mentor_left", by, at)
    return mentor


@action
def match_mentor(
    *, mentor: Mentor, project: Project, why: str, by: Person | None, at: datetime
) -> Mentoring:
    """Put a mentor beside a project, saying why those two; both hear of it.

    Raises ``NotReady``, ``MentorFull``, ``AlreadyTogether`` and ``ProjectNotOpen``.
    """
    mentor = lock(mentor)
    if not mentor.is_ready:
        raise NotReady
    if project.published_at is None or project.territory_id != mentor.territory_id:
        raise ProjectNotOpen
    living = list(mentor.mentorings.filter(ended_at=None).order_by("id"))
    if any(each.project_id == project.pk for each in living):
        raise AlreadyTogether
    if len(living) >= mentor.at_most:
        raise MentorFull
    mentoring = Mentoring.objects.create(
        mentor=mentor, project=project, why=why.strip()[:400], since=at
    )
    _record_both(mentoring, "mentor_matched", by, at)
    post_mentor_matched(mentoring, token=personal_link(mentor=mentor, by=by, at=at), at=at)
    return mentoring


@action
def end_mentoring(*, mentoring: Mentoring, words: str, by: Named | None, at: datetime) -> Mentoring:
    """The mentor no longer accompanies this project; ending twice is the same."""
    mentoring = lock(mentoring)
    if mentoring.ended_at is not None:
        nothing_changed()
        return mentoring
    mentoring.ended_at, mentoring.why_ended = at, words.strip()[:400]
    mentoring.save(update_fields=["ended_at", "why_ended"])
    _record_both(mentoring, "mentoring_ended", by, at)
    return mentoring


def _record(mentor: Mentor, verb: str, by: Named | None, at: datetime) -> None:
    record(by=by, at=at, verb=verb, of=mentor, territory=mentor.territory, audience=Audience.TEAM)


def _record_both(mentoring: Mentoring, verb: str, by: Named | None, at: datetime) -> None:
    record(
        by=by, at=at, verb=verb, of=mentoring, territory=mentoring.project.territory,
        audience=Audience.TABLE, part_of=mentoring.project,
    )  # fmt: skip
