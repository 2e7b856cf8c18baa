"""Who touched something last, as the ledger has it, for whoever is told of it."""

from typing import Any

from essor.ledger.models import Entry
from essor.people.models import Person


def last_hand(row: Any, *verbs: str) -> str:
    """The name of whoever did one of ``verbs`` to ``row`` last; blank where nobody is known."""
    kind = type(row).__name__.lower()
    lines = Entry.objects.filter(of_type=kind, of_id=row.public_id, verb__in=verbs)
    line = lines.order_by("-id").first()
    person = Person.objects.filter(public_id=line.by).first() if line and line.by else None
    return person.name if person else ""
