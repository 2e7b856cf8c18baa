"""Pledges of funders: a promise (``exchanges``) with a form and an amount, to a line of a budget.

What becomes of one (taken up, kept, released, lapsed) is its commitment's own life; here is what is
more: the euros that it holds, the project hearing at once, its day, its lapse.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone

from essor.exchanges.actions.commitments import change_state, promise
from essor.exchanges.actions.needs import NotThatMany
from essor.exchanges.models import Commitment
from essor.exchanges.states import HOLDING, LIVING, State
from essor.kit.locks import lock, lock_all
from essor.ledger.actions import Named, action, nothing_changed, record, step
from essor.ledger.models import Audience
from essor.people.models import Person
from essor.projects.actions.projects import follow
from essor.projects.models import Project
from essor.support.actions.private_rooms import RoomClosed
from essor.support.models import BudgetLine, Form, Funder, Pledge, PrivateRoom
from essor.support.money import MOST_EUROS, euros
from essor.support.pledge_letters import post_lapsed, post_pledge_near, post_pledged

NEAR = timedelta(days=14)
"""So long before its day the project hears that a pledge which it has not settled comes to it."""
GRACE = timedelta(days=30)
"""So long a pledge that the project confirmed outlives its day: reminders ask whether it was kept."""


class NoAmount(Exception):
    """A pledge of money says how much."""


class PastDay(Exception):
    """A pledge is good until a day to come."""


@dataclass(frozen=True, slots=True)
class Pledged:
    """What a funder says: ``amount`` in whole euros, None for skills alone."""

    form: str
    what: str
    until: date
    amount: int | None = None
    condition: str = ""


@action
def pledge(
    *,
    room: PrivateRoom,
    person: Person,
    said: Pledged,
    by: Named | None,
    at: datetime,
    line: BudgetLine | None = None,
    funder: Funder | None = None,
) -> tuple[Pledge, str]:
    """Keep a pledge to the room's project; return it with the personal link of its commitment.

    What is pledged to ``line`` is held at once: nobody else brings it. Whoever leads the project
    hears by mail now; the funder follows the project from now on. Raises ``RoomClosed``,
    ``NoAmount``, ``PastDay``, ``NotThatMany`` (with the euros that are left), ``NothingPromised``.
    """
    room, line = _locked(room, line)
    project = room.project
    if not room.is_open or project.condition != Project.Condition.AWAKE:
        raise RoomClosed
    money = said.form != Form.SKILLS
    if money and not said.amount:
        raise NoAmount
    if said.until < timezone.localdate(at):
        raise PastDay
    amount = min(said.amount, MOST_EUROS) if money and said.amount else None
    if line is not None and amount:
        _hold(line, amount)
    commitment, token = promise(
        territory=project.territory, project=project, person=person, by=by, at=at,
        kind=Commitment.Kind.MONEY if money else Commitment.Kind.SKILL,
        what=said.what, quantity=euros(amount) if amount else "",
        until=said.until, condition=said.condition,
    )  # fmt: skip
    made = Pledge.objects.create(
        commitment=commitment, room=room, line=line if amount else None, funder=funder,
        form=Form(said.form), amount=amount,
    )  # fmt: skip
    follow(project=project, person=person, by=by, at=at)
    post_pledged(made, by=by, at=at)
    return made, token


def _locked(room: PrivateRoom, line: BudgetLine | None) -> tuple[PrivateRoom, BudgetLine | None]:
    """Both fresh and locked; a line that went away meanwhile, or of another room, is none."""
    if line is None or line.room_id != room.pk:
        return lock(room), None
    try:
        rows = lock_all(room, line)
    except BudgetLine.DoesNotExist:
        return lock(room), None
    assert isinstance(rows[0], PrivateRoom)
    assert isinstance(rows[1], BudgetLine)
    return rows[0], rows[1]


def settle_pledge(commitment: Commitment, state: str) -> None:
    """Take or give back the euros of a pledge whose commitment moves (``exchanges/settling.py``).

    Raises ``NotThatMany`` where it is taken up again but others brought the rest meanwhile.
    """
    held, holds = commitment.state in HOLDING, state in HOLDING
    if held == holds or commitment.kind != Commitment.Kind.MONEY:
        return
    pledged = Pledge.objects.filter(commitment=commitment).select_related("line").first()
    if pledged is None or pledged.line is None or not pledged.amount:
        return
    line = lock(pledged.line)
    if holds:
        _hold(line, pledged.amount)
    else:
        _let_go(line, pledged.amount)


@step
def _hold(line: BudgetLine, amount: int) -> None:
    if amount > line.left:
        raise NotThatMany(line.left)
    line.held += amount
    line.save(update_fields=["held"])


@step
def _let_go(line: BudgetLine, amount: int) -> None:
    line.held = max(line.held - amount, 0)
    line.save(update_fields=["held"])


@action
def lapse_pledge(*, pledge: Pledge, by: Named | None, at: datetime) -> bool:
    """A pledge whose day is over lapses; both sides hear. Whether it did."""
    commitment = lock(pledge.commitment)
    if not is_over(commitment, timezone.localdate(at)):
        nothing_changed()
        return False
    change_state(commitment=commitment, state=State.LAPSED, by=by, at=at)
    post_lapsed(pledge, at=at)
    return True


def is_over(commitment: Commitment, today: date) -> bool:
    """Whether a pledge no longer stands: its day is past and it was neither kept nor released.

    One that the project confirmed stands for ``GRACE`` more.
    """
    if commitment.state not in LIVING or commitment.until is None:
        return False
    grace = GRACE if commitment.state == State.ACCEPTED else timedelta()
    return today > commitment.until + grace


@action
def say_pledge_is_near(*, pledge: Pledge, by: Named | None, at: datetime) -> bool:
    """The project hears, once for each day, that a pledge's day comes near. Whether it was new."""
    pledge = lock(pledge)
    commitment, today = pledge.commitment, timezone.localdate(at)
    until = commitment.until
    near = until is not None and today <= until <= today + NEAR
    if commitment.state not in LIVING or not near or pledge.near_told == until:
        nothing_changed()
        return False
    pledge.near_told = until
    pledge.save(update_fields=["near_told"])
    record(
        by=by, at=at, verb="pledge_is_near", of=commitment, territory=commitment.territory,
        audience=Audience.TEAM, part_of=commitment.project, data={"until": str(until)},
    )  # fmt: skip
    post_pledge_near(pledge, by=by, at=at)
    return True
