"""How many seats of an evening are taken; read under the evening's lock where one is given."""

from essor.evenings.models import Evening, Registration
from essor.kit.prepared import Asking, Prepared

_registered = Prepared(
    lambda evening: Registration.objects.filter(
        evening_id=evening, state=Registration.State.REGISTERED
    ),
    int,
)


def seats_taken(evening: Evening) -> int:
    """Registered people; guests under 15 are with their adults and have no seat of their own."""
    return taken_of(evening.pk)


def taken_of(evening: int) -> int:
    """The same by the evening's primary key."""
    return _registered.count(evening)


def counting_taken(evening: Evening) -> Asking[int]:
    """``seats_taken`` as a question among others (``essor.kit.prepared.together``)."""
    return _registered.counting(evening.pk)


def seats_left(evening: Evening) -> int:
    """Never below zero: a host may let more people in than the capacity."""
    return max(0, evening.capacity - seats_taken(evening))


def waiting_count(evening: Evening) -> int:
    return evening.registrations.filter(state=Registration.State.WAITING).count()
