"""The waiting list: whoever waited longest gets the seat that becomes free."""

from datetime import datetime

from essor.evenings.letters import post_promoted
from essor.evenings.models import Evening, Registration
from essor.evenings.queries.registrations import waiting_list
from essor.evenings.queries.seats import seats_left
from essor.evenings.rules import PROMOTES
from essor.evenings.states import REGISTRATION_MOVES, check_move
from essor.kit.locks import lock
from essor.ledger.actions import Named, action, nothing_changed, record


@action
def fill_free_seats(*, evening: Evening, by: Named | None, at: datetime) -> list[Registration]:
    """Give every free seat to the waiting list, first come first served, and write to each person.

    Before the evening only: at the door, people who stand there come first.
    """
    evening = lock(evening)
    free = seats_left(evening) if evening.state in PROMOTES else 0
    promoted = list(waiting_list(evening)[:free])
    for registration in promoted:
        registration.evening = evening
        check_move(REGISTRATION_MOVES, registration.state, Registration.State.REGISTERED)
        registration.state, registration.state_at = Registration.State.REGISTERED, at
        registration.save(update_fields=["state", "state_at"])
        registration.twins.update(twin_waits=False)  # who registered twice reads one thing
        record(
            by=by,
            at=at,
            verb="promoted",
            of=registration,
            territory=evening.territory,
            room=evening.room,
            data={"evening": evening.public_id, "state": registration.state},
        )
        post_promoted(registration, at=at)
    if not promoted:
        nothing_changed()
    return promoted
