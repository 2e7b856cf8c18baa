"""At the door: arrivals, walk-ins, absences, seats that are freed, and counts.

Two doors agree: an arrival is one conditional update, a seat is given under the evening's lock.
"""

from datetime import datetime

from essor.evenings.actions.door_seats import (
    WalkIn,
    own_seat,
    seat_walk_in,
    sit_as_told,
    write_seats,
)
from essor.evenings.at_door.live_room import (
    Glimpse,
    has_tables,
    live_room,
    live_room_as,
)
from essor.evenings.consents import WORDING
from essor.evenings.models import Choice, Evening, HeadCount, Registration, Seat
from essor.evenings.queries.earlier import free_code
from essor.kit.locks import lock
from essor.ledger.actions import action, nothing_changed, record
from essor.people.actions import give_consent, welcome_person
from essor.people.models import Consent, Person

State = Registration.State


class DoorClosed(Exception):
    """The evening is in preparation or over: nobody arrives."""


class AlreadyArrived(Exception):
    """This person was let in before; ``registration`` says when and by whom."""

    def __init__(self, registration: Registration) -> None:
        super().__init__(registration.code)
        self.registration = registration


class NotExpected(Exception):
    """This registration waits or was cancelled: a human decides whether to let the person in."""

    def __init__(self, registration: Registration) -> None:
        super().__init__(registration.state)
        self.registration = registration


@action
def check_in(
    *,
    registration: Registration,
    by: Person,
    at: datetime,
    let_in: bool = False,
    told: int | None = None,
) -> Registration:
    """Somebody is here. Their seat is theirs; where it was given away they get the best free one.

    ``let_in`` takes in whoever waits or had cancelled. Somebody for whom no seat is left is here
    all the same, without a table. ``told`` is the table to which a door without network sent them
    already: that is where they sit, as long as it is open. Whoever was expected at a distance and
    stands at the door takes part in the hall from now on. Raises ``DoorClosed``, ``AlreadyArrived`` and ``NotExpected``.
    """
    evening = registration.evening
    check_door(evening)
    if let_in:
        _take_in(registration, at)
    arrived = Registration.objects.filter(
        pk=registration.pk, state=State.REGISTERED, arrived_at=None
    ).update(arrived_at=at, arrived_by=by, absent_at=None)
    was_absent = registration.absent_at is not None
    registration.refresh_from_db(fields=["state", "arrived_at", "arrived_by", "absent_at"])
    if not arrived:
        known = AlreadyArrived if registration.state == State.REGISTERED else NotExpected
        raise known(registration)
    if registration.remote:
        _come_into_the_hall(registration)
    table = own_seat(registration, at, was_absent=was_absent)
    if told != table:
        table = sit_as_told(registration, told) or table
    _line("arrived", registration, by=by, at=at, table=table)
    return registration


@action
def undo_check_in(*, registration: Registration, by: Person, at: datetime) -> Registration:
    """The wrong person was let in: as before; the seat stays theirs."""
    undone = Registration.objects.filter(pk=registration.pk, arrived_at__isnull=False).update(
        arrived_at=None, arrived_by=None
    )
    registration.refresh_from_db(fields=["arrived_at", "arrived_by"])
    if undone:
        _line("arrival_undone", registration, by=by, at=at)
    else:
        nothing_changed()
    return registration


@action
def welcome_walk_in(
    *,
    evening: Evening,
    walk_in: WalkIn,
    by: Person,
    at: datetime,
    without_seat: bool = False,
    seen: Glimpse | None = None,
) -> Registration:
    """Register, let in and seat somebody nobody expected. Raises ``DoorClosed``, ``RoomFull``.

    ``without_seat``: let them in all the same when every table is full. Where no plan is
    published yet, the person is in without a table. ``seen``: the room as it was looked at before
    this transaction, so that the lock is short; it counts while nothing has happened since.
    """
    check_door(evening)
    evening = lock(evening)
    live = None if without_seat or not has_tables(evening) else live_room_as(seen, evening, at)
    person = welcome_person(
        first_name=walk_in.first_name, last_name=walk_in.last_name, sphere=walk_in.sphere,
        language=walk_in.language, by=by, at=at,
    )  # fmt: skip
    registration = Registration.objects.create(
        evening=evening, person=person, code=free_code(evening), state=State.REGISTERED,
        state_at=at, source=Registration.Source.DOOR, surprise=walk_in.challenge is None,
        registered_at=at, arrived_at=at, arrived_by=by,
    )  # fmt: skip
    if walk_in.challenge is not None:
        Choice.objects.create(registration=registration, challenge=walk_in.challenge, rank=1)
    give_consent(person=person, purpose=Consent.Purpose.EVENING, wording=WORDING, by=by, at=at)
    table = seat_walk_in(live, registration, walk_in) if live else None
    _line("walked_in", registration, by=by, at=at, table=table)
    return registration


@action
def change_seat(
    *, registration: Registration, table: int, by: Person, at: datetime, knowingly: bool = False
) -> Registration:
    """Seat somebody at another open table. Raises ``NoSeat`` (its code says why)."""
    evening = lock(registration.evening)
    live = live_room(evening, at)
    live.move(registration.public_id, str(table), force=knowingly)
    write_seats(registration, live)
    _line("changed_seat", registration, by=by, at=at, table=table)
    return registration


@action
def mark_absent(
    *, registration: Registration, absent: bool, by: Person, at: datetime
) -> Registration:
    """Somebody lets know that they will not come (their seat is free), or will after all."""
    changed = Registration.objects.filter(
        pk=registration.pk, arrived_at=None, absent_at__isnull=absent
    ).update(absent_at=at if absent else None)
    registration.refresh_from_db(fields=["absent_at"])
    if changed:
        _line("marked_absent" if absent else "expected_again", registration, by=by, at=at)
    else:
        nothing_changed()
    return registration


@action
def free_seats(
    *, evening: Evening, from_when: datetime | None, by: Person, at: datetime
) -> Evening:
    """From this time on the seats of those who have not come are free; None: they hold them."""
    if evening.seats_freed_at == from_when:
        nothing_changed()
        return evening
    evening.seats_freed_at = from_when
    evening.save(update_fields=["seats_freed_at"])
    record(by=by, at=at, verb="freed_seats", of=evening, territory=evening.territory,
           room=evening.room, data={"from": from_when.isoformat() if from_when else None})  # fmt: skip
    return evening


@action
def count_heads(*, evening: Evening, people: int, how: str, by: Person, at: datetime) -> HeadCount:
    """Keep a number of people that somebody counted; every count stays, also when they differ."""
    count = HeadCount.objects.create(evening=evening, people=people, how=how.strip(), by=by, at=at)
    record(by=by, at=at, verb="counted_heads", of=evening, territory=evening.territory,
           room=evening.room, data={"people": people})  # fmt: skip
    return count


def check_door(evening: Evening) -> None:
    """Raises ``DoorClosed`` unless people may arrive."""
    if evening.state in {Evening.State.DRAFT, Evening.State.OVER}:
        raise DoorClosed


def _take_in(registration: Registration, at: datetime) -> None:
    lock(registration.evening)
    waits = Registration.objects.filter(
        pk=registration.pk, state__in=[State.WAITING, State.CANCELLED]
    )
    waits.update(state=State.REGISTERED, state_at=at)


def _come_into_the_hall(registration: Registration) -> None:
    Seat.objects.filter(registration=registration, table__remote=True).delete()
    registration.remote = False
    registration.save(update_fields=["remote"])


def _line(
    verb: str, registration: Registration, *, by: Person, at: datetime, table: int | None = None
) -> None:
    evening = registration.evening
    record(by=by, at=at, verb=verb, of=registration, territory=evening.territory,
           room=evening.room, data={"evening": evening.public_id, "table": table})  # fmt: skip
