"""Publishing a plan: its tables and seats become real, in one act, and keep their addresses."""

from datetime import datetime
from functools import partial

from django.db import transaction

from essor.algos.seating import Plan as Seated
from essor.algos.seating import read_plan
from essor.evenings.jobs.remote import tell_remote_people
from essor.evenings.models import Evening, Plan, Registration, RoomTable, Seat, Table
from essor.evenings.planning.problem import fitted, problem_of
from essor.kit.ids import spoken_code_beside
from essor.kit.locks import lock
from essor.ledger.actions import action, nothing_changed, record
from essor.ledger.models import Audience
from essor.people.models import Person


class TooLate(Exception):
    """Somebody has arrived, or all is over: seats now change at the door, not by a plan."""


class PublishedMeanwhile(Exception):
    """Another plan was published since this host looked; ``plan`` is that one."""

    def __init__(self, plan: Plan | None) -> None:
        super().__init__("Another plan was published meanwhile.")
        self.plan = plan


def published_plan(evening: Evening) -> Plan | None:
    """The plan whose tables and seats are real."""
    published = Plan.objects.filter(evening=evening, state=Plan.State.PUBLISHED)
    return published.select_related("made_by").first()


@action
def publish_plan(*, plan: Plan, seen: str, by: Person, at: datetime) -> Plan:
    """Make the tables and seats of ``plan`` real, replacing those of the plan published before.

    ``seen`` is the public id of the published plan that the host saw ("" for none): two hosts who
    publish at once do not overwrite each other unknowingly. A table keeps its public id by its
    number; one that the new plan does not open is closed but stays reachable. Raises ``TooLate``
    and ``PublishedMeanwhile``.
    """
    evening = lock(plan.evening)
    if evening.state in {Evening.State.LIVE, Evening.State.OVER} or _somebody_is_here(evening):
        raise TooLate
    before = published_plan(evening)
    if before is not None and before.pk == plan.pk:
        nothing_changed()
        return before
    if (before.public_id if before else "") != seen:
        raise PublishedMeanwhile(before)
    if before is not None:
        Plan.objects.filter(pk=before.pk).update(state=Plan.State.KEPT)
    plan.state = Plan.State.PUBLISHED
    plan.save(update_fields=["state"])
    problem = problem_of(evening, asks=plan.asks)
    seated = fitted(read_plan(plan.document), problem)
    tables = _open_tables(evening, seated)
    people = _seat_people(evening, seated, tables)
    record(by=by, at=at, verb="published_plan", of=plan, territory=evening.territory,
           audience=Audience.TEAM, room=evening.room,
           data={"tables": len(tables), "people": people})  # fmt: skip
    if any(table.remote for table in tables.values()):
        transaction.on_commit(partial(tell_remote_people.enqueue, evening.pk))
    return plan


def _somebody_is_here(evening: Evening) -> bool:
    return Registration.objects.filter(evening=evening, arrived_at__isnull=False).exists()


def _open_tables(evening: Evening, seated: Seated) -> dict[int, Table]:
    """Open every table of the plan by its number; close the others."""
    wanted = challenges_by_table(seated)
    known = {table.number: table for table in evening.tables.all()}
    places = {place.number: place for place in RoomTable.objects.filter(evening=evening)}
    codes = {table.phone_code for table in known.values()}
    new = Table.objects.bulk_create(
        Table(evening=evening, number=number, phone_code=spoken_code_beside(codes))
        for number in sorted(wanted.keys() - known.keys())
    )
    known |= {table.number: table for table in new}
    alike: dict[tuple[str, bool, bool], list[int]] = {}
    for number, table in known.items():
        table.state = Table.State.OPEN if number in wanted else Table.State.CLOSED
        place = places.get(number, table)
        table.accessible, table.remote = place.accessible, place.remote
        alike.setdefault((table.state, table.accessible, table.remote), []).append(table.pk)
    for (state, accessible, remote), tables in alike.items():  # eight at most, not one a table
        Table.objects.filter(pk__in=tables).update(
            state=state, accessible=accessible, remote=remote
        )
    _set_challenges(evening, known, wanted)
    return {number: known[number] for number in wanted}


def _set_challenges(
    evening: Evening, tables: dict[int, Table], wanted: dict[int, list[str]]
) -> None:
    of_public_id = {each.public_id: each.pk for each in evening.challenges.all()}
    through = Table.challenges.through
    through.objects.filter(table__evening=evening).delete()
    through.objects.bulk_create(
        through(table_id=tables[number].pk, challenge_id=of_public_id[challenge])
        for number, challenges in wanted.items()
        for challenge in challenges
    )


def _seat_people(evening: Evening, seated: Seated, tables: dict[int, Table]) -> int:
    registered = Registration.objects.filter(evening=evening)
    of_public_id = dict(registered.values_list("public_id", "pk"))
    Seat.objects.filter(table__evening=evening).delete()
    seats = [
        Seat(table=tables[int(s.table)], registration_id=of_public_id[person], round=number)
        for number, seatings in enumerate(seated.rounds, 1)
        for s in seatings
        for person in s.people
    ]
    Seat.objects.bulk_create(seats)
    return sum(seat.round == 1 for seat in seats)


def challenges_by_table(seated: Seated) -> dict[int, list[str]]:
    """The challenges of each table number, over all rounds, in the order they come."""
    wanted: dict[int, list[str]] = {}
    for seatings in seated.rounds:
        for seating in seatings:
            topics = wanted.setdefault(int(seating.table), [])
            topics += [c for c in seating.challenges if c not in topics]
    return wanted
