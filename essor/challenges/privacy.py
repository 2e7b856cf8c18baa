"""What this room keeps of people: who carries a project to boost, who tied ideas to challenges."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from essor.challenges.models import Challenge, Echo, Feeding
from essor.kit.privacy import UNTIL_ERASURE, Personal, Seen, also_forget, declare, signed
from essor.people.models import Person

declare(
    Challenge,
    _("challenges"),
    personal={
        "hosts": Personal(
            _("to seat those who carry a project at its table"),
            UNTIL_ERASURE,
            Seen.TEAM,
        )
    },
    plain="public_id territory track state capacity checks year as_listed invented method "
    "sources merged_into created_at themes neighbours",
    mentions="question short context",
)
declare(
    Feeding,
    _("which ideas feed which challenges"),
    **signed("by", _("to know whom to ask")),
    plain="challenge idea group via at ended_at",
)
declare(
    Echo,
    _("work elsewhere that looks close to a challenge"),
    **signed("by", _("to know who looked into it")),
    plain="challenge kind work reason shown at",
    mentions="note",
)


def forget_host(person: Person, at: datetime) -> None:
    person.boosted_challenges.clear()


also_forget(forget_host)
