"""Tables that close or open while people arrive: a facilitator did not come, many more did."""

from datetime import datetime

from essor.algos.seating import NoSeat
from essor.challenges.models import Challenge
from essor.evenings.actions.door import check_door
from essor.evenings.actions.door_seats import RoomFull, write_seats
from essor.evenings.at_door.live_room import live_room
from essor.evenings.models import Evening, Registration, RoomTable, Seat, Table
from essor.kit.ids import spoken_code_beside
from essor.kit.locks import lock
from essor.ledger.actions import action, nothing_changed, record
from essor.people.models import Person


class UnknownRoomTable(Exception):
    """The room has no table of this number, or it is open already."""


@action
def close_table(*, table: Table, by: Person, at: datetime) -> list[Registration]:
    """Close a table: those who hold a seat there, and only they, find the best ones elsewhere.

    Returns them. Raises ``RoomFull`` and changes nothing where they cannot all be seated.
    """
    check_door(table.evening)
    evening = lock(table.evening)
    if table.state == Table.State.CLOSED:
        nothing_changed()
        return []
    live = live_room(evening, at)
    moved: list[Registration] = []
    if str(table.number) in live.tables[0]:
        try:
            placements = live.close_table(str(table.number))
        except NoSeat:
            raise RoomFull from None
        wanted = [placement.person for placement in placements]
        moved = list(
            evening.registrations.filter(public_id__in=wanted).select_related("person", "evening")
        )
        for registration in moved:
            write_seats(registration, live)
    table.state = Table.State.CLOSED
    table.save(update_fields=["state"])
    record(by=by, at=at, verb="closed_table", of=table, territory=evening.territory,
           room=evening.room, data={"moved": len(moved)})  # fmt: skip
    return moved


@action
def open_table(
    *,
    evening: Evening,
    number: int,
    challenge: Challenge,
    by: Person,
    at: datetime,
    facilitator: Registration | None = None,
) -> Table:
    """Open a table of the room on a challenge, with its facilitator seated there.

    Raises ``UnknownRoomTable``. A table that was closed keeps its address and its phone code.
    """
    check_door(evening)
    lock(evening)
    place = RoomTable.objects.filter(evening=evening, number=number).first()
    table = Table.objects.filter(evening=evening, number=number).first()
    if place is None or (table is not None and table.state == Table.State.OPEN):
        raise UnknownRoomTable(number)
    if table is None:
        codes = set(evening.tables.values_list("phone_code", flat=True))
        table = Table(evening=evening, number=number, phone_code=spoken_code_beside(codes))
    table.state = Table.State.OPEN
    table.accessible, table.remote = place.accessible, place.remote
    table.save()
    table.challenges.set([challenge])
    if facilitator is not None:
        for round in range(1, evening.rounds + 1):
            Seat.objects.update_or_create(
                registration=facilitator, round=round, defaults={"table": table}
            )
    record(by=by, at=at, verb="opened_table", of=table, territory=evening.territory,
           room=evening.room, data={"challenge": challenge.public_id})  # fmt: skip
    return table
