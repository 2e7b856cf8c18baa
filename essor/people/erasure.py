"""Erasing a person: rows go or are blanked as each room declared, the ledger keeps a pseudonym."""

import re
from collections.abc import Iterator
from datetime import datetime

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.db.models import Model
from django.db.models.fields import Field
from django.db.models.fields.related import ForeignKey

from essor.kit.ids import new_public_id
from essor.kit.locks import lock
from essor.kit.privacy import (
    Declaration,
    Leaving,
    Words,
    declarations,
    forgetting,
    hindrances_of,
)
from essor.ledger.actions import action, pseudonymise, record
from essor.ledger.models import Audience
from essor.people.models import Organisation, Person

STRUCK_OUT = "[…]"


class ErasedAlready(Exception):
    """This person is erased."""


class StillNeeded(Exception):
    """Others would stand before a closed door; ``why`` says what to do first, for people."""

    def __init__(self, why: list[Words]) -> None:
        super().__init__(*why)
        self.why = why


@action
def erase_person(*, person: Person, by: Person | None, at: datetime) -> Person:
    """Erase ``person`` everywhere; what remains cannot be traced to anybody.

    Rows are deleted or blanked as declared (``kit.privacy``); texts in which others named the
    person lose the name; mails, links, sessions and the account go; in the ledger the person's id
    becomes a pseudonym. Numbers that were published stay true. Raises ``ErasedAlready``, or
    ``StillNeeded`` where something has to be handed over first.
    """
    person = lock(person)
    if person.erased_at:
        raise ErasedAlready
    if why := hindrances_of(person):
        raise StillNeeded(why)
    for forget in forgetting():
        forget(person, at)
    _strike_out(person)
    organisation, sessions = person.organisation, list(_sessions_of(person))
    for declaration in reversed(declarations()):
        if declaration.subject:
            _leave(declaration, person)
    person.refresh_from_db()
    old, person.public_id = person.public_id, new_public_id()
    person.erased_at, person.no_news = at, True
    person.save()
    if organisation and not Person.objects.filter(organisation=organisation).exists():
        Organisation.objects.filter(pk=organisation.pk).delete()
    Session.objects.filter(pk__in=sessions).delete()
    pseudonymise(person_id=old, pseudonym=person.public_id)
    record(by=None, at=at, verb="erased", of=person, audience=Audience.PERSON)
    return person


def _leave(declaration: Declaration, person: Person) -> None:
    rows = declaration.model._default_manager.filter(**{declaration.subject: person.pk})
    if declaration.leaving == Leaving.DELETE:
        rows.delete()
        return
    fields = (declaration.model._meta.get_field(name) for name in declaration.personal)
    blank = {each.name: _blank(each) for each in fields if _can_be_blank(each)}
    if blank:
        rows.update(**blank)


def _can_be_blank(field: object) -> bool:
    """A row keeps the person it points to, who is blank; everything else can be."""
    return isinstance(field, Field) and (field.null or not isinstance(field, ForeignKey))


def _blank(field: object) -> object:
    assert isinstance(field, Field)
    if field.null:
        return None
    return field.get_default() if field.has_default() else ""


def _strike_out(person: Person) -> None:
    """Take the person's address, number and full name out of texts that others wrote."""
    words = [word for word in (person.email, person.phone) if word]
    if person.first_name and person.last_name:
        words.append(person.name)
    if not words:
        return
    pattern = re.compile("|".join(re.escape(word) for word in words), re.IGNORECASE)
    for declaration in declarations():
        for name in declaration.mentions:
            for row in _naming(declaration.model, name, pattern.pattern):
                text = pattern.sub(STRUCK_OUT, getattr(row, name))
                declaration.model._default_manager.filter(pk=row.pk).update(**{name: text})


def _naming(model: type[Model], name: str, pattern: str) -> Iterator[Model]:
    """By a regular expression: SQLite's LIKE takes « É » and « é » for two letters."""
    found = model._default_manager.filter(**{f"{name}__iregex": pattern})
    yield from found.order_by("pk").only("pk", name)


def _sessions_of(person: Person) -> Iterator[str]:
    """Browsers that are signed in as the person, or hold the key to their data."""
    for session in Session.objects.iterator():
        kept = session.get_decoded()
        mine = person.public_id in str(kept.get("keys", {}))
        account = str(person.account_id or "")
        if mine or (account and kept.get(SESSION_KEY) == account):
            yield session.pk
