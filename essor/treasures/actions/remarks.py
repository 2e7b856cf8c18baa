"""What others say of a treasure, and what the team does about it, with a reason."""

from datetime import datetime
from typing import Any

from essor.kit.locks import lock
from essor.ledger.actions import Named, action, nothing_changed
from essor.people.models import Person, Sphere
from essor.territories.models import Theme
from essor.treasures.actions.treasures import Said, line, locked, move
from essor.treasures.models import Correction, Treasure

State, Reason = Correction.State, Correction.Reason
PLAIN = ("name", "kind", "description", "use", "quantity", "holder", "place", "commune",
         "commune_code", "latitude", "longitude", "precision")  # fmt: skip
"""Fields that a correction changes as they are; sphere and themes go by their codes."""
LONGEST_WHY = 300


class NothingCorrected(Exception):
    """The correction says nothing that is not there already."""


class ReasonMissing(Exception):
    """Nobody hides a treasure, or declines what somebody says of it, without saying why."""


class SettledAlready(Exception):
    """Somebody else of the team settled it meanwhile."""


class NothingToAppeal(Exception):
    """The treasure is not hidden."""


def changes_between(treasure: Treasure, said: Said, *, keeps_point: bool) -> dict[str, Any]:
    """What ``said`` would change, by field, as JSON; the point is blurred already."""
    values = said.values()
    names = PLAIN[:-3] if keeps_point else PLAIN
    changes = {name: values[name] for name in names if values[name] != getattr(treasure, name)}
    if said.sphere != treasure.sphere:
        changes["sphere"] = said.sphere.code if said.sphere else ""
    themes = sorted(theme.code for theme in said.themes)
    if themes != sorted(treasure.themes.values_list("code", flat=True)):
        changes["themes"] = themes
    return changes


@action
def propose_correction(
    *,
    treasure: Treasure,
    reason: str,
    words: str,
    changes: dict[str, Any],
    person: Person | None,
    device: str,
    by: Named | None,
    at: datetime,
) -> Correction:
    """Keep what somebody says of a treasure until the team looks; the treasure stays as it is.

    The same device says the same once while it waits. Raises ``NothingCorrected``.
    """
    if reason == Reason.WRONG and not changes and not words:
        raise NothingCorrected
    waiting = treasure.corrections.filter(state=State.WAITING, device=device, reason=reason)
    for known in waiting if device else ():
        if known.changes == changes and known.words == words:
            nothing_changed()
            return known
    made = Correction.objects.create(
        treasure=treasure, reason=reason, words=words[:500], changes=changes, person=person,
        device=device, at=at,
    )  # fmt: skip
    line("treasure_remarked", treasure, by=by, at=at, reason=reason)
    return made


@action
def take_up(*, correction: Correction, by: Person | None, at: datetime) -> Correction:
    """Do what the correction says: its changes, or that the treasure is gone, or show it again.

    Raises ``SettledAlready``.
    """
    correction = _waiting(correction)
    treasure = correction.treasure
    if correction.reason == Reason.GONE:
        move(treasure, Treasure.State.GONE, "treasure_gone", by=by, at=at)
    elif correction.reason == Reason.APPEAL:
        move(treasure, Treasure.State.SHOWN, "treasure_back", by=by, at=at)
    else:
        correction.before = _apply(treasure, correction.changes, at)
    _settle(correction, State.TAKEN, "", by=by, at=at)
    line("correction_taken", treasure, by=by, at=at, reason=correction.reason)
    return correction


@action
def decline(*, correction: Correction, why: str, by: Person | None, at: datetime) -> Correction:
    """The treasure stays as it is. Raises ``ReasonMissing`` and ``SettledAlready``."""
    why = _reason(why)
    correction = _waiting(correction)
    _settle(correction, State.DECLINED, why, by=by, at=at)
    line("correction_declined", correction.treasure, by=by, at=at)
    return correction


@action
def hide_treasure(
    *,
    treasure: Treasure,
    why: str,
    by: Person | None,
    at: datetime,
    correction: Correction | None = None,
) -> Treasure:
    """It leaves every public page; its keeper reads why and may answer. Raises ``ReasonMissing``."""
    why = _reason(why)
    if correction is not None:
        _settle(_waiting(correction), State.HIDDEN, why, by=by, at=at)
    return move(treasure, Treasure.State.HIDDEN, "treasure_hidden", why=why, by=by, at=at)


@action
def show_treasure(*, treasure: Treasure, by: Person | None, at: datetime) -> Treasure:
    """The team looked: everybody reads it."""
    return move(treasure, Treasure.State.SHOWN, "treasure_shown", by=by, at=at)


@action
def appeal(*, treasure: Treasure, words: str, by: Person | None, at: datetime) -> Correction:
    """Its keeper answers the team, which looks once more. Raises ``NothingToAppeal``."""
    treasure = locked(treasure)
    if treasure.state != Treasure.State.HIDDEN:
        raise NothingToAppeal
    waiting = treasure.corrections.filter(state=State.WAITING, reason=Reason.APPEAL).first()
    made = waiting or Correction(treasure=treasure, reason=Reason.APPEAL, person=treasure.keeper)
    made.words, made.at = words[:500], at
    made.save()
    line("treasure_appealed", treasure, by=by, at=at)
    return made


def _apply(treasure: Treasure, changes: dict[str, Any], at: datetime) -> dict[str, Any]:
    """Write ``changes``; what stood there before comes back."""
    before: dict[str, Any] = {name: getattr(treasure, name) for name in changes if name in PLAIN}
    for name in before:
        setattr(treasure, name, changes[name])
    if "sphere" in changes:
        before["sphere"] = treasure.sphere.code if treasure.sphere else ""
        treasure.sphere = Sphere.objects.filter(code=changes["sphere"]).first()
    if "themes" in changes:
        before["themes"] = sorted(treasure.themes.values_list("code", flat=True))
        known = Theme.objects.filter(territory=None) | Theme.objects.filter(
            territory=treasure.territory_id
        )
        treasure.themes.set(known.filter(code__in=changes["themes"]))
    treasure.changed_at = treasure.corrected_at = treasure.confirmed_at = at
    treasure.save()
    return before


def _reason(why: str) -> str:
    why = " ".join(why.split())[:LONGEST_WHY]
    if not why:
        raise ReasonMissing
    return why


def _waiting(correction: Correction) -> Correction:
    """The treasure is locked first, always in this order."""
    treasure = locked(correction.treasure)
    correction = lock(correction)
    correction.treasure = treasure
    if correction.state != State.WAITING:
        raise SettledAlready
    return correction


def _settle(
    correction: Correction, state: str, answer: str, *, by: Person | None, at: datetime
) -> None:
    correction.state, correction.answer = state, answer
    correction.settled_at, correction.settled_by = at, by
    correction.save()
