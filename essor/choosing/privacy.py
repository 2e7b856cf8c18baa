"""What this room keeps of people: ballots, without names, until the vote closes."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from essor.choosing.models import Ballot, Vote, VoteOption
from essor.choosing.voter import of_person
from essor.kit.privacy import Personal, Seen, also_forget, declare
from essor.people.models import Person

declare(
    Vote,
    _("votes"),
    plain="public_id territory kind places bold_places opens_at closes_at state result file "
    "closed_at invented created_at",
    mentions="title words",
)
declare(
    VoteOption,
    _("what may be chosen in a vote"),
    plain="vote key times_shown order",
    mentions="name words",
)
declare(
    Ballot,
    _("ballots"),
    personal={
        "seen waiting approved energy cast_at": Personal(
            _("to count what people choose, and to let them change it"),
            _("until the vote closes; then only ballots without any name remain, in no order"),
            Seen.ONESELF,
        )
    },
    plain="vote",
    keys="voter",
)


def forget_ballots(person: Person, at: datetime) -> None:
    """Ballots that a signed-in person cast in votes still open; a device's cannot be told apart."""
    for vote in Vote.objects.filter(state=Vote.State.OPEN).order_by("id"):
        Ballot.objects.filter(vote=vote, voter=of_person(vote, person)).delete()


also_forget(forget_ballots)
