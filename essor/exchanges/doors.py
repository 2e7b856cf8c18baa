"""How commitments are found inside a territory, and whose browser holds one."""

from typing import Any

from essor.exchanges.models import Commitment
from essor.territories.doors import Opens, Rights
from essor.territories.models import Territory

COMMITMENT = "commitment"
"""The kind of key that a browser holds for a promise it made (``Visitor.give_key``)."""


def find_commitment(rights: Rights, territory: Territory, key: str) -> Commitment | None:
    """A commitment by its public id; the route's policy says who may pass."""
    found = (
        Commitment.objects.select_related("person", "project")
        .filter(territory=territory, public_id=key)
        .first()
    )
    if found is not None:
        found.territory = territory
    return found


def holds_commitment(rights: Rights, *, commitment: Commitment, **others: Any) -> bool:
    """This browser made the promise (or opened its personal link), or it is the person's account."""
    if rights.holds(COMMITMENT, commitment.public_id):
        return True
    return rights.person is not None and rights.person.pk == commitment.person_id


a_commitment = Opens("commitment", find_commitment)
