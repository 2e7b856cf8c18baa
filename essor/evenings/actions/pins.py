"""What hosts fix before a plan is computed: who must sit where, who facilitates, what to mix."""

from collections.abc import Mapping
from datetime import datetime

from essor.challenges.models import Challenge
from essor.evenings.models import Evening, Pin, Registration
from essor.evenings.planning.problem import USUAL_MIX
from essor.ledger.actions import action, nothing_changed, record
from essor.people.models import Person


class UnknownTable(Exception):
    """The room has no table of this number."""


@action
def pin_person(
    *,
    registration: Registration,
    by: Person,
    at: datetime,
    table: int | None = None,
    challenge: Challenge | None = None,
) -> Pin:
    """Keep somebody for a table or a challenge in every plan computed from now on."""
    evening = registration.evening
    if table is not None and not evening.room_tables.filter(number=table).exists():
        raise UnknownTable(table)
    pin, _ = Pin.objects.update_or_create(
        registration=registration,
        defaults={"table_number": table, "challenge": challenge, "made_by": by, "made_at": at},
    )
    record(by=by, at=at, verb="pinned", of=registration, territory=evening.territory,
           data={"table": table, "challenge": challenge.public_id if challenge else None})  # fmt: skip
    return pin


@action
def unpin_person(*, registration: Registration, by: Person, at: datetime) -> None:
    """Let the engine seat this person freely again."""
    gone, _ = Pin.objects.filter(registration=registration).delete()
    if not gone:
        nothing_changed()
        return
    record(by=by, at=at, verb="unpinned", of=registration, territory=registration.evening.territory)


@action
def name_facilitator(
    *, registration: Registration, facilitates: bool, by: Person, at: datetime
) -> Registration:
    """Say that somebody who comes holds a table, or no longer does."""
    if registration.facilitator == facilitates:
        nothing_changed()
        return registration
    registration.facilitator = facilitates
    registration.save(update_fields=["facilitator"])
    record(by=by, at=at, verb="named_facilitator" if facilitates else "freed_facilitator",
           of=registration, territory=registration.evening.territory)  # fmt: skip
    return registration


@action
def weigh_mix(
    *, evening: Evening, weights: Mapping[str, float], by: Person, at: datetime
) -> Evening:
    """Say how much each thing shall be mixed; plans computed from now on follow."""
    known = {name: float(weights[name]) for name in USUAL_MIX if name in weights}
    if known == evening.mix:
        nothing_changed()
        return evening
    evening.mix = known
    evening.save(update_fields=["mix"])
    record(by=by, at=at, verb="weighed_mix", of=evening, territory=evening.territory, data=known)
    return evening
