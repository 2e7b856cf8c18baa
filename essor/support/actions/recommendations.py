"""Recommending something to a project, and the project's answers."""

from datetime import date, datetime

from essor.kit.locks import lock
from essor.ledger.actions import Named, action, record
from essor.ledger.models import Audience
from essor.people.actions import make_link
from essor.people.models import Person
from essor.projects.models import Project
from essor.support.letters import leaders_of, post_blocked, post_recommended
from essor.support.models import Recommendation, Reply
from essor.support.states import SAYS_WHY, Answer, may_answer

LINK = "supported"
"""The purpose of the personal link that opens a project's support page for whoever leads it."""


class NothingRecommended(Exception):
    """A recommendation says what to do."""


class ProjectNotOpen(Exception):
    """A sheet that is being written, or a project that joined another, is recommended nothing."""


class WordsMissing(Exception):
    """Blocked says with what, not for us says why."""


class AnsweredMeanwhile(Exception):
    """Somebody answered since it was looked at, or that answer does not follow; ``reply`` may say who."""

    def __init__(self, reply: Reply | None) -> None:
        super().__init__(reply and reply.pk)
        self.reply = reply


@action
def recommend(
    *,
    project: Project,
    what: str,
    voice: str,
    by: Person | None,
    at: datetime,
    details: str = "",
    until: date | None = None,
) -> Recommendation:
    """Keep a recommendation; whoever leads the project gets a mail with a link to answer.

    Raises ``NothingRecommended`` and ``ProjectNotOpen``.
    """
    what = " ".join(what.split())[:200]
    if not what:
        raise NothingRecommended
    if project.published_at is None or project.condition == Project.Condition.MERGED:
        raise ProjectNotOpen
    found = Recommendation.objects.create(
        territory=project.territory, project=project, what=what, details=details.strip()[:2000],
        until=until, voice=voice, written_by=by, created_at=at,
    )  # fmt: skip
    _record(found, "recommended", by, at)
    for person in leaders_of(project):
        token = make_link(person=person, purpose=LINK, subject=project.public_id, by=by, at=at)
        post_recommended(found, person, token=token, at=at)
    return found


@action
def answer_recommendation(
    *,
    recommendation: Recommendation,
    answer: str,
    words: str,
    by: Person | None,
    at: datetime,
    seen: int | None = None,
) -> Recommendation:
    """The project's answer; whoever recommended hears by mail where it is blocked.

    ``seen`` is how many answers were known. Raises ``WordsMissing`` and ``AnsweredMeanwhile``.
    """
    words = words.strip()[:600]
    recommendation = lock(recommendation)
    known = recommendation.replies.count()
    if (seen is not None and seen != known) or not may_answer(recommendation, answer):
        last = recommendation.replies.select_related("by").order_by("-at", "-id").first()
        raise AnsweredMeanwhile(last)
    if answer in SAYS_WHY and not words:
        raise WordsMissing
    recommendation.answer, recommendation.answered_at = answer, at
    recommendation.save(update_fields=["answer", "answered_at"])
    reply = Reply.objects.create(
        recommendation=recommendation, answer=answer, words=words, by=by, at=at
    )
    _record(recommendation, "recommendation_answered", by, at)
    if answer == Answer.BLOCKED:
        post_blocked(reply, at=at)
    return recommendation


def _record(recommendation: Recommendation, verb: str, by: Named | None, at: datetime) -> None:
    record(
        by=by, at=at, verb=verb, of=recommendation, territory=recommendation.territory,
        audience=Audience.TEAM,
        part_of=recommendation.project, data={"answer": recommendation.answer},
    )  # fmt: skip
