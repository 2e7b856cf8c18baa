"""Moderation that stays kind: a report with its reason, a decision with its reason, an appeal."""

from datetime import datetime

from essor.harvest.actions.ideas import personal_link
from essor.harvest.letters import post_decision
from essor.harvest.models import Idea, Report
from essor.kit.locks import lock
from essor.ledger.actions import action, nothing_changed, record, step
from essor.people.models import Person

OPEN, APPEALED = Report.State.OPEN, Report.State.APPEALED


class ReasonMissing(Exception):
    """Nobody hides an idea, or refuses an appeal, without saying why."""


class NothingToAppeal(Exception):
    """The idea is not hidden."""


@action
def report_idea(
    *,
    idea: Idea,
    reason: str,
    words: str,
    person: Person | None,
    device: str,
    by: Person | None,
    at: datetime,
) -> Report:
    """Ask the team to look; the idea stays where it is. The same device asks once at a time."""
    waiting = idea.reports.filter(state=OPEN)
    known = waiting.filter(device=device).first() if device else None
    if known is not None:
        nothing_changed()
        return known
    report = Report.objects.create(
        idea=idea, reason=reason, words=words.strip()[:500], person=person, device=device, at=at
    )
    _line("idea_reported", idea, by=by, at=at, reason=reason)
    return report


@action
def keep_idea(*, idea: Idea, why: str, by: Person | None, at: datetime) -> Idea:
    """The team looked: the idea is shown, and what was reported or appealed is settled.

    An author who appealed, or whose idea waited for a look, is told when it shows again. What its
    author took back meanwhile stays taken back.
    """
    idea = _locked(idea)
    was = idea.state
    if was == Idea.State.WITHDRAWN:
        nothing_changed()
        return idea
    idea.state, idea.hidden_why = Idea.State.SHOWN, ""
    idea.save(update_fields=["state", "hidden_why"])
    settled = _settle(idea, Report.State.KEPT, why, at)
    if was == Idea.State.SHOWN and not settled:
        nothing_changed()
        return idea
    _line("idea_kept", idea, by=by, at=at)
    if was == Idea.State.HIDDEN:
        _tell(idea, why, by=by, at=at)
    return idea


@action
def hide_idea(*, idea: Idea, why: str, by: Person | None, at: datetime) -> Idea:
    """It leaves every public page; its author still reads it, with the reason, and may appeal.

    Raises ``ReasonMissing``.
    """
    why = " ".join(why.split())[:300]
    if not why:
        raise ReasonMissing
    idea = _locked(idea)
    if idea.state == Idea.State.WITHDRAWN:
        nothing_changed()
        return idea
    idea.state, idea.hidden_why = Idea.State.HIDDEN, why
    idea.save(update_fields=["state", "hidden_why"])
    _settle(idea, Report.State.HIDDEN, why, at)
    _line("idea_hidden", idea, by=by, at=at)
    _tell(idea, why, by=by, at=at)
    return idea


@action
def appeal(*, idea: Idea, words: str, by: Person | None, at: datetime) -> Report:
    """The author answers; the team looks once more. Raises ``NothingToAppeal``."""
    idea = _locked(idea)
    if idea.state != Idea.State.HIDDEN:
        raise NothingToAppeal
    waiting = idea.reports.filter(state=APPEALED).first()
    report = waiting or Report(
        idea=idea, reason=Report.Reason.OTHER, person=idea.author, state=APPEALED, at=at
    )
    report.appeal, report.decision = words.strip()[:1000], idea.hidden_why
    report.save()
    _line("idea_appealed", idea, by=by or idea.author, at=at)
    return report


def _locked(idea: Idea) -> Idea:
    harvest = idea.harvest
    idea = lock(idea)
    idea.harvest, idea.territory = harvest, harvest.territory
    return idea


def _settle(idea: Idea, state: str, why: str, at: datetime) -> int:
    waiting = idea.reports.filter(state__in=[OPEN, APPEALED])
    return waiting.update(state=state, decision=why[:500], settled_at=at)


@step
def _tell(idea: Idea, why: str, *, by: Person | None, at: datetime) -> None:
    if idea.author is not None and idea.author.email:
        post_decision(idea, why=why, token=personal_link(idea, by=by, at=at), at=at)


def _line(verb: str, idea: Idea, *, by: Person | None, at: datetime, **data: str) -> None:
    harvest = idea.harvest
    record(
        by=by,
        at=at,
        verb=verb,
        of=idea,
        territory=harvest.territory,
        data={"harvest": harvest.public_id, **data},
    )
