"""Whom an address belongs to, when the team asks somebody: a person it knows, else a new one."""

from datetime import datetime

from essor.ledger.actions import step
from essor.people.actions import welcome_person
from essor.people.models import Person
from essor.territories.models import Territory


@step
def somebody(
    territory: Territory,
    *,
    first_name: str,
    last_name: str,
    email: str,
    by: Person | None,
    at: datetime,
) -> Person:
    """Somebody of the team with this address is that person; everybody else is welcomed anew.

    Never any other person who gave the same address: a household may share one.
    """
    return _of_the_team(territory, email) or welcome_person(
        first_name=first_name, last_name=last_name, email=email, by=by, at=at,
        language=territory.language,
    )  # fmt: skip


def _of_the_team(territory: Territory, email: str) -> Person | None:
    if not email:
        return None
    found = Person.objects.filter(email=email, roles__territory=territory, erased_at=None)
    return found.order_by("id").first()
