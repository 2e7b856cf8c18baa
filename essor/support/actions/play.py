"""The state of play of a cohort: asking its projects, their answers, asking the same at the end."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from essor.kit.locks import lock
from essor.ledger.actions import Named, action, nothing_changed, record, step
from essor.ledger.models import Audience
from essor.people.actions import make_link
from essor.people.models import Person
from essor.projects.models import Project
from essor.support.letters import leaders_of, post_asked
from essor.support.models import Cohort, Standing, StateOfPlay
from essor.support.playing import asked

Moment = Standing.Moment
LINK = "standing"
"""The purpose of the personal link that opens the questions for whoever leads a project."""
MAY_CORRECT = timedelta(days=14)
"""So long after handing in answers may be corrected; then they stand, to be compared with."""
NOT_AGAIN_WITHIN = timedelta(days=3)
"""A host reminds at the earliest so long after whoever leads the project last heard of it."""


class AskedAlready(Exception):
    """The cohort was asked at this moment."""


class NobodyInside(Exception):
    """No project has a place in the cohort yet."""


class ChangedMeanwhile(Exception):
    """Somebody else of the project wrote since it was looked at."""


class StandsNow(Exception):
    """Answers that were handed in some time ago stand."""


class NothingAnswered(Exception):
    """What is handed in answers one question at least."""


@action
def open_play(*, cohort: Cohort, by: Person | None, at: datetime) -> StateOfPlay:
    """Ask every project inside; whoever leads one gets a mail with a link.

    The questions are frozen: the same come at the end. Raises ``AskedAlready`` and ``NobodyInside``.
    """
    cohort = lock(cohort)
    if StateOfPlay.objects.filter(cohort=cohort).exists():
        raise AskedAlready
    projects = _inside(cohort)
    if not projects:
        raise NobodyInside
    play = StateOfPlay.objects.create(
        cohort=cohort, questions=asked(cohort.territory), opened_at=at
    )
    _ask(play, projects, Moment.OPENING, by, at)
    _record(play, "play_opened", by, at)
    return play


@action
def ask_again(*, play: StateOfPlay, by: Person | None, at: datetime) -> StateOfPlay:
    """The same questions at the cohort's end. Raises ``AskedAlready`` and ``NobodyInside``."""
    play = lock(play)
    if play.again_at is not None:
        raise AskedAlready
    projects = _inside(play.cohort)
    if not projects:
        raise NobodyInside
    play.again_at = at
    play.save(update_fields=["again_at"])
    _ask(play, projects, Moment.END, by, at)
    _record(play, "play_asked_again", by, at)
    return play


@step
def ask_newcomer(cohort: Cohort, project: Project, by: Person | None, at: datetime) -> None:
    """A project that joins a cohort whose state of play is open is asked like the others."""
    play = StateOfPlay.objects.filter(cohort=cohort, again_at=None).first()
    if play is not None and not play.standings.filter(project=project).exists():
        _ask(play, [project], Moment.OPENING, by, at)


def _inside(cohort: Cohort) -> list[Project]:
    places = cohort.places.filter(until=None).select_related("project__territory")
    return [place.project for place in places.order_by("since", "id")]


@step
def _ask(
    play: StateOfPlay, projects: Iterable[Project], moment: str, by: Person | None, at: datetime
) -> None:
    for project in projects:
        standing = Standing.objects.create(
            play=play, project=project, moment=moment, asked_at=at, recalled_at=at
        )
        _tell(standing, by, at)


@step
def _tell(standing: Standing, by: Named | None, at: datetime, *, again: bool = False) -> None:
    """Each who leads the project gets a mail with their own link."""
    for person in leaders_of(standing.project):
        token = make_link(
            person=person,
            purpose=LINK,
            subject=standing.project.public_id,
            by=by,
            at=at,
        )
        post_asked(standing, person, token=token, again=again, at=at)


@action
def write_standing(
    *,
    standing: Standing,
    answers: dict[str, Any],
    seen: int,
    hand_in: bool,
    by: Person | None,
    at: datetime,
) -> Standing:
    """Keep the answers, as a draft or handed in. ``seen`` is the version they were written over.

    Raises ``ChangedMeanwhile``, ``StandsNow`` and ``NothingAnswered``.
    """
    standing = lock(standing)
    if stands(standing, at):
        raise StandsNow
    if standing.version != seen:
        raise ChangedMeanwhile
    if hand_in and not answers:
        raise NothingAnswered
    standing.answers, standing.version = answers, standing.version + 1
    standing.saved_at, standing.written_by = at, by
    if hand_in:
        standing.handed_in_at = standing.handed_in_at or at
    standing.save()
    verb = "standing_handed_in" if standing.handed_in_at else "standing_drafted"
    record(
        by=by, at=at, verb=verb, of=standing, territory=standing.project.territory,
        audience=Audience.TEAM, part_of=standing.project,
    )  # fmt: skip
    return standing


def stands(standing: Standing, at: datetime) -> bool:
    """Whether the answers were handed in so long ago that they are corrected no more."""
    return standing.handed_in_at is not None and at - standing.handed_in_at > MAY_CORRECT


@action
def remind_of_play(*, play: StateOfPlay, by: Person | None, at: datetime) -> int:
    """Remind whoever leads a project that has not answered; how many projects.

    A project that heard of it within ``NOT_AGAIN_WITHIN`` is left in peace.
    """
    play = lock(play)
    waiting = play.standings.filter(
        handed_in_at=None, recalled_at__lte=at - NOT_AGAIN_WITHIN, moment=_now(play)
    )
    due = list(waiting.select_related("project__territory").order_by("id"))
    if not due:
        nothing_changed()
        return 0
    for standing in due:
        standing.recalled_at = at
        standing.save(update_fields=["recalled_at"])
        _tell(standing, by, at, again=True)
    _record(play, "play_recalled", by, at)
    return len(due)


def _now(play: StateOfPlay) -> str:
    return Moment.END if play.again_at else Moment.OPENING


def _record(play: StateOfPlay, verb: str, by: Named | None, at: datetime) -> None:
    record(
        by=by, at=at, verb=verb, of=play.cohort, territory=play.cohort.territory,
        audience=Audience.TEAM,
    )  # fmt: skip
