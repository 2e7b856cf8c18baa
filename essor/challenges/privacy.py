"""What this room keeps of people: who carries a project to boost."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from essor.challenges.models import Challenge
from essor.kit.privacy import Personal, Seen, also_forget, declare
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
    "sources created_at themes neighbours",
    mentions="question short context",
)


def forget_host(person: Person, at: datetime) -> None:
    person.boosted_challenges.clear()


also_forget(forget_host)
