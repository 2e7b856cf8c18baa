"""Everything that is kept of one person, as data and as words."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _

from essor.kit.models import Mail
from essor.kit.privacy import Declaration, declarations
from essor.ledger.models import Entry
from essor.people.models import Person

FORMAT = "essor-person/1"


@dataclass(frozen=True, slots=True)
class Kept:
    """The rows of one kind: ``title`` for people, ``kind`` for machines."""

    kind: str
    title: str
    rows: list[dict[str, Any]]


def kept_of(person: Person) -> list[Kept]:
    """What each room keeps of ``person``, then mails and what the person did; empty kinds left out."""
    found = [
        Kept(
            declaration.model._meta.label_lower,
            str(declaration.title),
            [_row(declaration, row, person) for row in _rows(declaration, person)],
        )
        for declaration in declarations()
        if declaration.subject
    ]
    mails = Mail.objects.filter(person=person.public_id).order_by("-queued_at", "-id")
    done = Entry.objects.filter(by=person.public_id).order_by("-id")
    sent = mails.values("queued_at", "address", "subject", "text")
    acts = done.values("at", "verb", "of_type")
    found.append(Kept("kit.mail", _("mails sent"), [{**row} for row in sent]))
    found.append(Kept("ledger.entry", _("what you did here"), [{**row} for row in acts]))
    return [each for each in found if each.rows]


def as_data(person: Person) -> dict[str, Any]:
    """The same as one JSON document."""
    return {"format": FORMAT, **{each.kind: each.rows for each in kept_of(person)}}


def _rows(declaration: Declaration, person: Person) -> Iterable[Model]:
    rows = declaration.model._default_manager.filter(**{declaration.subject: person.pk})
    return rows.order_by("pk")


def _row(declaration: Declaration, row: Model, person: Person) -> dict[str, Any]:
    """One row by field; other people who stand in it are left out."""
    shown = {}
    for field in declaration.model._meta.fields:
        name = field.name
        if name == "id" or name in declaration.keys:
            continue
        value = getattr(row, name)
        if isinstance(value, Person):
            continue
        if value not in (None, ""):
            shown[name] = str(value) if isinstance(value, Model) else value
    return shown
