"""Who is at the sorting table now. Nothing of it is kept: one row a person, gone after a minute."""

from datetime import datetime, timedelta

from essor.harvest.actions.moves import room_of
from essor.harvest.models import Hand, Harvest
from essor.ledger.actions import action, nothing_changed
from essor.ledger.live.changes import announce
from essor.people.models import Person

GONE = timedelta(seconds=45)
"""Without a sign for so long, somebody has left the table."""


@action
def show_hand(*, harvest: Harvest, holds: str, by: Person, at: datetime) -> None:
    """Say that ``by`` is here, holding an idea or a group (its public id), or nothing (blank).

    No ledger line: what somebody holds for a moment is nobody's business afterwards.
    """
    forget_hands(at)
    Hand.objects.update_or_create(
        harvest=harvest, person=by, defaults={"holds": holds[:16], "seen_at": at}
    )
    announce(room_of(harvest))
    nothing_changed()


@action
def leave_table(*, harvest: Harvest, by: Person, at: datetime) -> None:
    """``by`` closed the page."""
    forget_hands(at)
    Hand.objects.filter(harvest=harvest, person=by).delete()
    announce(room_of(harvest))
    nothing_changed()


def forget_hands(at: datetime) -> int:
    """Delete whoever gave no sign lately; how many."""
    return Hand.objects.filter(seen_at__lt=at - GONE).delete()[0]
