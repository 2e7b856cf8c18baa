"""What this room keeps of people: what they promised and needed."""

from datetime import datetime

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from essor.exchanges.models import Commitment, Need
from essor.exchanges.states import HOLDING
from essor.kit.privacy import Leaving, Personal, Seen, also_forget, declare
from essor.people.models import Person

declare(
    Commitment,
    _("commitments"),
    subject="person",
    personal={
        "person kind what quantity until until_said condition": Personal(
            _("to bring a promise and a project together, and to thank"),
            _("until the person asks for erasure"),
            Seen.TEAM,
        )
    },
    plain="public_id territory project need units state state_at reminded origin created_at",
)
declare(
    Need,
    _("what projects need"),
    subject="written_by",
    leaving=Leaving.BLANK,
    personal={
        "written_by": Personal(
            _("to know whom to ask about a need"),
            _("until the person asks for erasure"),
            Seen.TEAM,
        )
    },
    plain="public_id territory project kind quantity unit place until held ending ended_at created_at",
    mentions="title details condition",
)


def give_units_back(person: Person, at: datetime) -> None:
    """Their promises go: what they held of needs may be brought by somebody else."""
    held = Commitment.objects.filter(person=person, need__isnull=False, state__in=HOLDING)
    for need, units in held.order_by("need", "id").values_list("need", "units"):
        Need.objects.filter(pk=need).update(held=F("held") - units)


also_forget(give_units_back)
