"""What this room keeps of people: who carries a project to boost, who tied ideas to challenges."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from essor.challenges.models import Challenge, Echo, Feeding
from essor.kit.privacy import Leaving, Personal, Seen, also_forget, declare
from essor.people.models import Person

declare(
    Challenge,
    _("challenges"),
    personal={
        "hosts": Personal(
            _("to seat those who carry a project at its table"),
            _("until the person asks for erasure"),
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
    subject="by",
    leaving=Leaving.BLANK,
    personal={"by": Personal(_("to know whom to ask"), _("until erasure"), Seen.TEAM)},
    plain="challenge idea group via at ended_at",
)
declare(
    Echo,
    _("work elsewhere that looks close to a challenge"),
    subject="by",
    leaving=Leaving.BLANK,
    personal={"by": Personal(_("to know who looked into it"), _("until erasure"), Seen.TEAM)},
    plain="challenge kind work reason shown at",
    mentions="note",
)


def forget_host(person: Person, at: datetime) -> None:
    person.boosted_challenges.clear()


also_forget(forget_host)
