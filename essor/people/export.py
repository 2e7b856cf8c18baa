"""Everything that is kept of one person, as data and as words."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Model
from django.utils import timezone
from django.utils.formats import date_format, localize
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from essor.kit.models import Mail
from essor.kit.privacy import Declaration, declarations
from essor.ledger.models import Entry
from essor.people.models import Person

FORMAT = "essor-person/1"
LABELS = {
    "first_name": _lazy("First name"),
    "last_name": _lazy("Last name"),
    "email": _lazy("Mail address"),
    "address": _lazy("Mail address"),
    "phone": _lazy("Telephone"),
    "sphere": _lazy("Sphere"),
    "organisation": _lazy("Organisation"),
    "commune": _lazy("Commune"),
    "language": _lazy("Language"),
    "purpose": _lazy("What for"),
    "given_at": _lazy("Agreed on"),
    "withdrawn_at": _lazy("Taken back on"),
    "territory": _lazy("Territory"),
    "evening": _lazy("Evening"),
    "registered_at": _lazy("Registered on"),
    "arrived_at": _lazy("Arrived"),
    "age_band": _lazy("Age"),
    "children": _lazy("Children"),
    "challenge": _lazy("Challenge"),
    "rank": _lazy("Rank"),
    "question": _lazy("Question"),
    "value": _lazy("Answer"),
    "words": _lazy("In your words"),
    "name": _lazy("Name"),
    "table": _lazy("Table"),
    "project": _lazy("Project"),
    "part": _lazy("Your part"),
    "what": _lazy("What"),
    "quantity": _lazy("How much"),
    "until": _lazy("Until"),
    "condition": _lazy("On what condition"),
    "subject": _lazy("Subject"),
    "queued_at": _lazy("Written on"),
    "kind": _lazy("Kind"),
    "state": _lazy("State"),
}
"""How the page names fields; what has no name here stands in the file only."""


@dataclass(frozen=True, slots=True)
class Kept:
    """The rows of one kind: ``title`` for people, ``kind`` for machines."""

    kind: str
    title: str
    rows: list[dict[str, Any]]
    words: list[dict[str, str]] = field(default_factory=list)
    """What stands for a code in ``rows``, row by row: ``{"purpose": "be put in touch"}``."""

    def in_words(self) -> list[list[tuple[str, Any]]]:
        """The rows for people: labels and values, without what only machines need."""
        words = self.words or [{} for _row in self.rows]
        named = (
            [
                (str(LABELS[name]), said.get(name, value))
                for name, value in row.items()
                if name in LABELS
            ]
            for row, said in zip(self.rows, words, strict=True)
        )
        return [row for row in named if row]


def kept_of(person: Person) -> list[Kept]:
    """What each room keeps of ``person``, then mails and what the person did; empty kinds left out."""
    found = [
        _kept(declaration, list(_rows(declaration, person)))
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


def _kept(declaration: Declaration, rows: list[Model]) -> Kept:
    return Kept(
        declaration.model._meta.label_lower,
        str(declaration.title),
        [_row(declaration, row) for row in rows],
        [_words(row) for row in rows],
    )


def _words(row: Model) -> dict[str, str]:
    """What stands for people where a field keeps a code, a day, a list, yes or no."""
    said = {}
    for each in row._meta.fields:
        value = getattr(row, each.name) if each.name in LABELS else None
        if each.choices:
            said[each.name] = str(getattr(row, f"get_{each.name}_display")())
        elif each.name == "language" and value:
            said[each.name] = str(dict(settings.LANGUAGES).get(value, value))
        elif value is not None and not isinstance(value, str | Model):
            said[each.name] = _in_words(value)
    return said


def _in_words(value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list | tuple):
        return ", ".join(_in_words(each) for each in value)
    if isinstance(value, datetime):
        return date_format(timezone.localtime(value), "DATETIME_FORMAT")
    return str(localize(value))


def _rows(declaration: Declaration, person: Person) -> Iterable[Model]:
    rows = declaration.model._default_manager.filter(**{declaration.subject: person.pk})
    return rows.order_by("pk")


def _row(declaration: Declaration, row: Model) -> dict[str, Any]:
    """One row by field; other people who stand in it are left out."""
    shown = {}
    for name in (each.name for each in declaration.model._meta.fields):
        if name == "id" or name in declaration.keys:
            continue
        value = getattr(row, name)
        if isinstance(value, Person):
            continue
        if value not in (None, ""):
            shown[name] = str(value) if isinstance(value, Model) else value
    return shown
