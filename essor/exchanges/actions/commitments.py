"""Every write about commitments: promising, taking up, keeping, releasing, lapsing, thanking."""

from datetime import date, datetime

from essor.exchanges.actions.needs import NeedEnded, hold, let_go
from essor.exchanges.actions.thanks import say_thanks
from essor.exchanges.letters import post_accepted, post_promised, post_thanked, post_to_hosts
from essor.exchanges.models import Commitment, Need
from essor.exchanges.settling import settle_above
from essor.exchanges.states import HOLDING, LIVING, State, may_become
from essor.kit.locks import lock, lock_all
from essor.ledger.actions import Named, action, nothing_changed, record, step
from essor.ledger.models import Audience
from essor.people.actions import make_link
from essor.people.models import Person
from essor.projects.models import Project
from essor.territories.models import Territory

LINK = "commitment"
"""The purpose of the personal link that opens one's promise, to look at it or release it."""


class MoveNotAllowed(Exception):
    """From where the commitment is now, the table of moves does not lead there."""


class NothingPromised(Exception):
    """A skill or a resource says what it is."""


@action
def promise(
    *,
    territory: Territory,
    person: Person,
    kind: str,
    what: str,
    by: Named | None,
    at: datetime,
    project: Project | None = None,
    quantity: str = "",
    until: date | None = None,
    condition: str = "",
    origin: str = "",
    need: Need | None = None,
    units: int = 1,
) -> tuple[Commitment, str]:
    """Keep a promise to ``project``, or to the territory; return it with its personal link.

    The person gets a mail that repeats it (when there is an address); hosts are told once a day.
    ``origin`` names the live stream of the evening where it was said. An answer to ``need`` takes
    ``units`` of it, and belongs to its project. Raises ``NothingPromised``, ``NeedEnded`` and
    ``NotThatMany``.
    """
    what = " ".join(what.split())
    if not what and kind != Commitment.Kind.ENERGY:
        raise NothingPromised
    if need is not None:
        need = _taken(need, units)
        project = need.project
    commitment = Commitment.objects.create(
        territory=territory,
        project=project,
        need=need,
        units=units if need else 0,
        person=person,
        kind=kind,
        what=what[:300],
        quantity=quantity.strip()[:120],
        until=until,
        condition=condition.strip()[:300],
        state_at=at,
        origin=origin,
        created_at=at,
    )
    _record(commitment, "promised", by or person, at)
    token = personal_link(commitment=commitment, by=by, at=at)
    post_promised(commitment, token=token, at=at)
    post_to_hosts(territory, at=at)
    return commitment, token


def _taken(need: Need, units: int) -> Need:
    """The need, locked, with ``units`` of it taken."""
    need = lock(need)
    if need.ending or not need.project_helps:
        raise NeedEnded
    hold(need=need, units=units)
    return need


@step
def personal_link(*, commitment: Commitment, by: Named | None, at: datetime) -> str:
    """A new personal link that opens ``commitment``."""
    return make_link(
        person=commitment.person, purpose=LINK, subject=commitment.public_id, by=by, at=at
    )


@action
def change_state(
    *, commitment: Commitment, state: str, by: Named | None, at: datetime, words: str = ""
) -> Commitment:
    """Move a commitment along its life; accepting and thanking tell the person.

    What is released or lapses no longer counts for its need. Raises ``MoveNotAllowed``,
    ``NoWords`` for thanks without any, and ``NotThatMany`` where a lapsed promise is taken up again but others brought the units meanwhile.
    """
    commitment, need = _both(commitment)
    if not may_become(commitment, state):
        raise MoveNotAllowed
    if need is not None:
        _settle(need, commitment, state)
    settle_above(commitment, state)
    commitment.state, commitment.state_at, commitment.reminded = state, at, 0
    commitment.save(update_fields=["state", "state_at", "reminded"])
    _record(commitment, state, by, at)
    if state == State.ACCEPTED:
        post_accepted(commitment, words=words.strip(), at=at)
    if state == State.THANKED:
        say_thanks(commitment=commitment, words=words, by=by, at=at)
        token = personal_link(commitment=commitment, by=by, at=at)
        post_thanked(commitment, words=words.strip(), token=token, at=at)
    return commitment


def _both(commitment: Commitment) -> tuple[Commitment, Need | None]:
    """The commitment and what it answers, locked together."""
    if commitment.need is None:
        return lock(commitment), None
    fresh, need = lock_all(commitment, commitment.need)
    assert isinstance(fresh, Commitment)
    assert isinstance(need, Need)
    return fresh, need


def _settle(need: Need, commitment: Commitment, state: str) -> None:
    """Hold or give back the units, where the new state counts otherwise than the old one."""
    held, holds = commitment.state in HOLDING, state in HOLDING
    if held and not holds:
        let_go(need=need, units=commitment.units)
    if holds and not held:
        hold(need=need, units=commitment.units)


def _record(commitment: Commitment, verb: str, by: Named | None, at: datetime) -> None:
    record(
        by=by,
        at=at,
        verb=verb,
        of=commitment,
        territory=commitment.territory,
        audience=Audience.TEAM,
        room=commitment.origin if commitment.origin.startswith("evening:") else "",
        part_of=commitment.project,
        data={
            "kind": commitment.kind,
            **({"need": commitment.need.public_id} if commitment.need else {}),
        },
    )


@action
def give_more_time(
    *, commitment: Commitment, until: date | None, by: Named | None, at: datetime
) -> Commitment:
    """Another day for a commitment that lives, as agreed with whoever promised; None: no day.

    Raises ``MoveNotAllowed`` for one that has ended.
    """
    commitment = lock(commitment)
    if commitment.state not in LIVING:
        raise MoveNotAllowed
    if commitment.until == until:
        nothing_changed()
        return commitment
    commitment.until = until
    if until is not None:
        commitment.reminded = 0
    commitment.save(update_fields=["until", "reminded"])
    _record(commitment, "given_more_time", by, at)
    return commitment
