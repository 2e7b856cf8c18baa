"""The registry of personal data: what is kept of people, why, how long, who sees it, how it goes.

Each room's ``privacy.py`` declares every field of every model: the personal ones with purpose,
legal basis, retention and visibility, the others by name. A field that nobody declared fails the
build. Export, erasure, retention and the records of processing all read this.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise


class Basis(StrEnum):
    """Why we may keep it (GDPR article 6, and 9 for health)."""

    CONSENT = "consent"
    EXPLICIT_CONSENT = "explicit consent"
    TAKING_PART = "taking part"  # article 6.1.b: what was asked for cannot be done without it
    LEGITIMATE = "legitimate interest"


class Leaving(StrEnum):
    """What becomes of a row when its person is erased."""

    DELETE = "delete"
    BLANK = "blank"


class Seen(StrEnum):
    """Who sees it, the narrowest circle that works."""

    ONESELF = "oneself"
    HOSTS = "hosts"
    TEAM = "team"
    TABLE = "table"
    PUBLIC = "public"


UNTIL_ERASURE = _("until the person asks for erasure")


@dataclass(frozen=True, slots=True)
class Personal:
    """One use of personal fields. ``why`` and ``kept`` are words for people."""

    why: Words
    kept: Words
    seen: Seen
    basis: Basis = Basis.TAKING_PART
    health: bool = False


@dataclass(frozen=True, slots=True)
class Declaration:
    """What a room says about one model.

    ``subject`` is the path from a row to its person (``"registration__person"``, ``"pk"`` for the
    person itself; empty: rows belong to nobody). ``mentions`` are texts in which people may be
    named by others: an erased name or address is struck out there. ``keys`` open something: they are not
    exported, though they go with the row.
    """

    model: type[models.Model]
    title: Words
    personal: dict[str, Personal]
    plain: frozenset[str]
    subject: str = ""
    leaving: Leaving = Leaving.DELETE
    mentions: tuple[str, ...] = ()
    keys: frozenset[str] = frozenset()

    @property
    def declared(self) -> set[str]:
        return {*self.personal, *self.plain, *self.mentions, *self.keys}


Forget = Callable[[Any, datetime], None]
Hindrance = Callable[[Any], list[Words]]


@dataclass(frozen=True, slots=True)
class Retention:
    """Something that goes by itself: what, after how long, and the act (answers how many)."""

    what: Words
    after: timedelta
    act: Callable[[datetime], int] = field(compare=False)


_declarations: dict[type[models.Model], Declaration] = {}
_forgetting: list[Forget] = []
_hindrances: list[Hindrance] = []
_retentions: list[Retention] = []


def declare(
    model: type[models.Model],
    title: Words,
    *,
    plain: str = "",
    personal: dict[str, Personal] | None = None,
    subject: str = "",
    leaving: Leaving = Leaving.DELETE,
    mentions: str = "",
    keys: str = "",
) -> None:
    """Declare all fields of ``model``; lists of names are words in one string.

    A key of ``personal`` may name several fields: ``"first_name last_name"``.
    """
    split = {name: use for names, use in (personal or {}).items() for name in names.split()}
    _declarations[model] = Declaration(
        model=model,
        title=title,
        personal=split,
        plain=frozenset({"id", *plain.split()}),
        subject=subject,
        leaving=leaving,
        mentions=tuple(mentions.split()),
        keys=frozenset(keys.split()),
    )


def signed(fields: str, why: Words, seen: Seen = Seen.TEAM) -> dict[str, Any]:
    """For ``declare``: who did it, which is blanked when they are erased; the row stays.

    The first of ``fields`` is the relation to the person.
    """
    return {
        "subject": fields.split(maxsplit=1)[0],
        "leaving": Leaving.BLANK,
        "personal": {fields: Personal(why, UNTIL_ERASURE, seen)},
    }


def also_forget(forget: Forget) -> None:
    """Let ``forget(person, at)`` remove what declarations cannot say, before rows are blanked."""
    _forgetting.append(forget)


def hinders(hindrance: Hindrance) -> None:
    """Let ``hindrance(person)`` say why they cannot be erased yet, and what to do before."""
    _hindrances.append(hindrance)


def hindrances_of(person: Any) -> list[Words]:
    """Everything that must be done before ``person`` can be erased; empty for almost everybody."""
    return [why for hindrance in _hindrances for why in hindrance(person)]


def goes_after(what: Words, after: timedelta, act: Callable[[datetime], int]) -> None:
    """Let ``act(before)`` remove what is older than ``after``, once a day."""
    _retentions.append(Retention(what, after, act))


def declarations() -> list[Declaration]:
    """All, in the order of the rooms."""
    return list(_declarations.values())


def forgetting() -> list[Forget]:
    return list(_forgetting)


def retentions() -> list[Retention]:
    return list(_retentions)


def undeclared(model: type[models.Model]) -> set[str]:
    """Fields of ``model`` that nobody declared."""
    known = _declarations.get(model)
    fields = {each.name for each in [*model._meta.fields, *model._meta.many_to_many]}
    return fields - (known.declared if known else set())


def misdeclared(declaration: Declaration) -> set[str]:
    """Declared names that are no field, or that were declared twice."""
    options = declaration.model._meta
    fields = {each.name for each in [*options.fields, *options.many_to_many]}
    personal, plain = set(declaration.personal), set(declaration.plain)
    return (declaration.declared - fields - {"id"}) | (personal & plain)
