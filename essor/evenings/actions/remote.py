"""Taking part from a distance: which tables meet by video, and who is there."""

from collections.abc import Mapping
from datetime import datetime
from functools import partial

from django.db import transaction

from essor.evenings.actions.door_seats import own_seat
from essor.evenings.jobs.remote import tell_remote_people
from essor.evenings.models import Evening, Plan, Registration, RoomTable
from essor.evenings.rules import may_join
from essor.kit.locks import lock
from essor.ledger.actions import Named, action, nothing_changed, record


class CannotJoin(Exception):
    """Not registered for a remote table, too early, or the evening is over."""


@action
def set_remote_tables(
    *, evening: Evening, offered: bool, links: Mapping[int, str], by: Named | None, at: datetime
) -> Evening:
    """Tables ``links`` (checked addresses by number) meet by video, all others are in the hall.

    A number that the room lacks becomes a table of its own, which goes again when it is no longer
    remote; one of the hall goes back there. Where the plan is published, people whose link changed
    are told.
    """
    evening = lock(evening)
    if evening.remote_offered != offered:
        evening.remote_offered = offered
        evening.save(update_fields=["remote_offered"])
    for number, link in links.items():
        remote = {"remote": True, "link": link}
        RoomTable.objects.update_or_create(
            evening=evening,
            number=number,
            defaults=remote,
            create_defaults={**remote, "added": True},
        )
    gone = evening.room_tables.filter(remote=True).exclude(number__in=links)
    gone.filter(added=True).delete()
    gone.update(remote=False, link="")
    record(by=by, at=at, verb="set_remote_tables", of=evening, territory=evening.territory,
           room=evening.room, data={"tables": len(links), "offered": offered})  # fmt: skip
    if Plan.objects.filter(evening=evening, state=Plan.State.PUBLISHED).exists():
        transaction.on_commit(partial(tell_remote_people.enqueue, evening.pk))
    return evening


@action
def join_remotely(*, registration: Registration, by: Named | None, at: datetime) -> Registration:
    """Somebody at a distance is there; twice is once. Raises ``CannotJoin``.

    Their seat is theirs; where it was given away they get the best free one at a remote table.
    """
    evening = registration.evening
    if registration.arrived_at is not None:
        nothing_changed()
        return registration
    if not may_join(registration, at):
        raise CannotJoin
    was_absent = registration.absent_at is not None
    arrived = Registration.objects.filter(
        pk=registration.pk, state=Registration.State.REGISTERED, remote=True, arrived_at=None
    ).update(arrived_at=at, arrived_by=registration.person_id, absent_at=None)
    registration.refresh_from_db(fields=["state", "arrived_at", "arrived_by", "absent_at"])
    if not arrived:
        nothing_changed()
        return registration
    table = own_seat(registration, at, was_absent=was_absent)
    record(by=by or registration.person, at=at, verb="joined_remotely", of=registration,
           territory=evening.territory, room=evening.room,
           data={"evening": evening.public_id, "table": table})  # fmt: skip
    return registration
