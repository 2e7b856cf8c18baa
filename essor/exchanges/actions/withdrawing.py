"""Taking an open introduction back: by whoever asked, or by one of the two before they answer."""

from datetime import datetime

from essor.exchanges.actions.introductions import Answer, Ending, IntroductionOver, end
from essor.exchanges.introducing import is_over
from essor.exchanges.introduction_letters import post_ended, post_withdrawn
from essor.exchanges.models import Introduction, IntroductionSide
from essor.kit.locks import lock
from essor.ledger.actions import Named, action, nothing_changed, record, step
from essor.ledger.models import Audience


class AnsweredAlready(Exception):
    """Whoever has answered changes the answer instead: what the other says counts now."""


@action
def withdraw(*, introduction: Introduction, by: Named | None, at: datetime) -> Introduction:
    """Whoever asked takes it back; those who were written to hear that nothing is to be answered.

    Where no letter had left, nobody hears anything, and the same two may be asked another time.
    Raises ``IntroductionOver`` where both agreed already, or its time is over.
    """
    introduction = lock(introduction)
    if introduction.ending == Ending.WITHDRAWN:
        nothing_changed()
        return introduction
    if is_over(introduction, at):
        raise IntroductionOver
    _take_back(introduction, Ending.WITHDRAWN, None, at)
    record(
        by=by, at=at, verb="introduction_withdrawn", of=introduction,
        territory=introduction.territory, audience=Audience.TEAM,
    )  # fmt: skip
    return introduction


@action
def stand_aside(*, side: IntroductionSide, by: Named | None, at: datetime) -> Introduction:
    """One of the two ends it for both, before having answered.

    The other hears that it was taken back, whoever asked hears that it did not come about: neither
    is told by whom. Where the other *is* whoever asked, that would tell; so it counts as *not now*
    and ends in silence with its time. Raises ``AnsweredAlready`` and ``IntroductionOver``.
    """
    introduction = lock(side.introduction)
    side = introduction.sides.get(pk=side.pk)
    if side.answer == Answer.NOT_NOW:
        nothing_changed()
        return introduction
    if side.answer:
        raise AnsweredAlready
    if is_over(introduction, at):
        raise IntroductionOver
    side.answer, side.answered_at = Answer.NOT_NOW, at
    side.save(update_fields=["answer", "answered_at"])
    if not introduction.sides.filter(person=introduction.introducer_id).exists():
        _take_back(introduction, Ending.NOT_MADE, side, at)
        post_ended(introduction, at=at)
    record(
        by=None, at=at, verb="introduction_answered", of=introduction,
        territory=introduction.territory, audience=Audience.TEAM,
    )  # fmt: skip
    return introduction


@step
def _take_back(
    introduction: Introduction,
    ending: Introduction.Ending,
    by_side: IntroductionSide | None,
    at: datetime,
) -> None:
    """End it, forget how to reach anybody, and tell those who knew, but for whoever took it back."""
    end(introduction, ending, at=at)
    sides = list(introduction.sides.select_related("person").order_by("id"))
    told = [each for each in sides if each != by_side and not introduction.quiet]
    wrote = [
        post_withdrawn(each, at=at) for each in told if each.person_id != introduction.introducer_id
    ]
    introduction.sides.update(reach="")
    if ending == Ending.WITHDRAWN and not any(wrote):
        introduction.quiet = True
        introduction.save(update_fields=["quiet"])
