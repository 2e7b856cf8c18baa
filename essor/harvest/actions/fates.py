"""Deciding what becomes of ideas: one at a time, or all that lie together."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.timezone import localdate

from essor.harvest.models import Fate, Idea
from essor.kit.locks import lock_all
from essor.ledger.actions import Named, action, nothing_changed, record_each
from essor.ledger.models import Audience
from essor.people.models import Person

AWAITED, LATER = Fate.Kind.AWAITED, Fate.Kind.LATER
MERGED, DECLINED = Fate.Kind.MERGED, Fate.Kind.DECLINED
WITH_TARGET = frozenset({Fate.Kind.CHALLENGE, Fate.Kind.PROJECT})
WITH_WORDS = frozenset({LATER, DECLINED})


class NeedsWords(Exception):
    """Whoever gave an idea that is kept or declined is owed a reason."""


class NeedsTarget(Exception):
    """This fate leads to something, which was not named."""


class JoinsItself(Exception):
    """An idea cannot join itself, nor one that already joined it."""


class OtherHarvest(Exception):
    """Ideas join ideas of their own harvest."""


@dataclass(frozen=True, slots=True)
class Decision:
    """One fate, for one idea or many.

    ``why`` is in words for the author. ``target_type`` and ``target_id`` name a challenge or a
    project; ``due_on`` is the day by which an awaited or kept idea is looked at (again).
    """

    kind: str
    why: str = ""
    target_type: str = ""
    target_id: str = ""
    merged_into: Idea | None = None
    due_on: date | None = None

    def checked(self) -> "Decision":
        """Itself, once it holds what its kind asks for."""
        if self.kind in WITH_WORDS and not self.why.strip():
            raise NeedsWords
        if self.kind in WITH_TARGET and not self.target_id:
            raise NeedsTarget
        if self.kind == MERGED and self.merged_into is None:
            raise NeedsTarget
        return self


@action
def decide_fates(
    *, ideas: Sequence[Idea], decision: Decision, by: Named | None, at: datetime
) -> list[Fate]:
    """Give each of ``ideas`` this fate; the earlier one stays as its trail. Answers the new ones.

    An idea that has this very fate already keeps it, so authors are told once. Raises
    ``NeedsWords``, ``NeedsTarget``, ``JoinsItself``, ``OtherHarvest``.
    """
    decision.checked()
    ideas = _locked(ideas)
    _check_joining(ideas, decision)
    current = {fate.idea_id: fate for fate in Fate.objects.filter(idea__in=ideas, replaced_at=None)}
    changed = [idea for idea in ideas if not is_this(current.get(idea.pk), decision)]
    if not changed:
        nothing_changed()
        return []
    Fate.objects.filter(idea__in=changed, replaced_at=None).update(replaced_at=at)
    fates = Fate.objects.bulk_create(
        [_fate(idea, decision, by, at) for idea in changed], batch_size=500
    )
    record_each(
        by=by,
        at=at,
        verb="fate_decided",
        of=[(idea, {"kind": str(decision.kind), "target": decision.target_id}) for idea in changed],
        territory=changed[0].territory,
        audience=Audience.TEAM,
    )
    return fates


def is_this(fate: Fate | None, decision: Decision) -> bool:
    """Whether ``fate`` says already what ``decision`` says."""
    if fate is None:
        return False
    into = decision.merged_into.pk if decision.merged_into else None
    return (
        fate.kind == decision.kind
        and fate.why == decision.why.strip()
        and (fate.target_type, fate.target_id) == (decision.target_type, decision.target_id)
        and fate.merged_into_id == into
        and (decision.due_on is None or fate.due_on == decision.due_on)
    )


def _locked(ideas: Sequence[Idea]) -> list[Idea]:
    """The ideas, locked, with the territory and harvest that they were given with."""
    fresh = lock_all(*{idea.pk: idea for idea in ideas}.values())
    known = {idea.pk: idea for idea in ideas}
    for idea in fresh:
        idea.territory, idea.harvest = known[idea.pk].territory, known[idea.pk].harvest
    return fresh


def _check_joining(ideas: Sequence[Idea], decision: Decision) -> None:
    """Following what each joined never leads back to an idea that joins now."""
    into = decision.merged_into
    if decision.kind != MERGED or into is None:
        return
    if any(idea.harvest_id != into.harvest_id for idea in ideas):
        raise OtherHarvest
    joining = {idea.pk for idea in ideas}
    at: int | None = into.pk
    seen: set[int] = set()
    while at is not None and at not in seen:
        if at in joining:
            raise JoinsItself
        seen.add(at)
        at = (
            Fate.objects.filter(idea=at, replaced_at=None, kind=MERGED)
            .values_list("merged_into", flat=True)
            .first()
        )


def _fate(idea: Idea, decision: Decision, by: Named | None, at: datetime) -> Fate:
    due_on = decision.due_on
    if decision.kind == AWAITED and due_on is None:
        due_on = localdate(at) + timedelta(days=idea.harvest.fate_days)
    return Fate(
        idea=idea,
        kind=decision.kind,
        why=decision.why.strip(),
        due_on=due_on if decision.kind in {AWAITED, LATER} else None,
        target_type=decision.target_type,
        target_id=decision.target_id,
        merged_into=decision.merged_into,
        decided_by=by if isinstance(by, Person) else None,
        decided_at=at,
    )
