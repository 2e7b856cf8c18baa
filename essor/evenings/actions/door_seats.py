"""Where somebody who stands at the door sits: their own seat, the best free one, or as told."""

from dataclasses import dataclass
from datetime import datetime

from essor.algos.seating import Live, NoSeat
from essor.algos.seating import Person as Sitter
from essor.challenges.models import Challenge
from essor.evenings.at_door.live_room import (
    has_tables,
    live_room,
    seats_are_free,
)
from essor.evenings.models import Evening, Registration, Seat, Table
from essor.kit.locks import lock
from essor.people.models import Sphere


class RoomFull(Exception):
    """No open table has a seat that this person may take."""


@dataclass(frozen=True, slots=True)
class WalkIn:
    """What somebody says at the door who was not expected."""

    first_name: str
    last_name: str = ""
    sphere: Sphere | None = None
    challenge: Challenge | None = None
    language: str = "fr"
    told: int | None = None
    """The table to which a door without network sent them already."""


def own_seat(registration: Registration, at: datetime, *, was_absent: bool) -> int | None:
    """The number of the person's table; a seat is found where they have none that holds."""
    seat = Seat.objects.filter(
        registration=registration, round=1, table__state=Table.State.OPEN
    ).select_related("table").first()  # fmt: skip
    given_away = was_absent or seats_are_free(registration.evening, at)
    if seat is not None and not given_away:
        return seat.table.number
    evening = lock(registration.evening)
    if not has_tables(evening):
        return None
    live = live_room(evening, at)
    if seat is not None:
        here = live.tables[0].get(str(seat.table.number))
        if here is None or len(here.people) <= evening.seats_max:
            return seat.table.number
        live = live_room_without_seat(evening, registration, at)
    try:
        placement = live.arrive(registration.public_id)
    except NoSeat:
        return None
    write_seats(registration, live)
    return int(placement.tables[0])


def live_room_without_seat(evening: Evening, registration: Registration, at: datetime) -> Live:
    """The room once this person gave up a seat that others have taken."""
    Seat.objects.filter(registration=registration).delete()
    return live_room(evening, at)


def seat_walk_in(live: Live, registration: Registration, walk_in: WalkIn) -> int:
    """The number of the table where they sit from now on; raises ``RoomFull``."""
    topic = walk_in.challenge.public_id if walk_in.challenge else None
    sitter = Sitter(
        registration.public_id,
        {"sphere": (walk_in.sphere.code,)} if walk_in.sphere else {},
        (topic,) if topic in live.challenges else (),
    )
    try:
        placement = live.walk_in(sitter)
    except NoSeat:
        sent_to = sit_as_told(registration, walk_in.told)
        if sent_to is None:
            raise RoomFull from None
        return sent_to
    write_seats(registration, live)
    return sit_as_told(registration, walk_in.told) or int(placement.tables[0])


def sit_as_told(registration: Registration, told: int | None) -> int | None:
    """Write down that somebody sits where a door without network sent them, even one too many."""
    if told is None:
        return None
    evening = lock(registration.evening)
    table = Table.objects.filter(evening=evening, number=told, state=Table.State.OPEN).first()
    if table is None:
        return None
    Seat.objects.update_or_create(registration=registration, round=1, defaults={"table": table})
    return table.number


def write_seats(registration: Registration, live: Live) -> None:
    """Write where the engine seats one person, round by round."""
    numbers = dict(Table.objects.filter(evening=registration.evening).values_list("number", "pk"))
    for round, where in enumerate(live.where, 1):
        if registration.public_id in where:
            Seat.objects.update_or_create(
                registration=registration,
                round=round,
                defaults={"table_id": numbers[int(where[registration.public_id])]},
            )
