"""Whoever took part by letters, and opens an account later, is still one person.

Registrations, ideas and promises are kept under the name given with them; an account begins with a
person of its own, for a household may share an address (``actions.person_of_account``). The address
was proved by signing in, so the account is shown who else is known at it, and takes up, once it has
said so, the one who it is. Nothing moves but the account: what was kept stays where it was.
"""

from datetime import datetime

from essor.kit.locks import lock_all
from essor.kit.models import Mail
from essor.kit.prepared import Prepared
from essor.ledger.actions import action, pseudonymise, record
from essor.ledger.models import Audience, Entry
from essor.people.models import Account, Person, PersonalLink

OF_THE_ACCOUNT = frozenset({"opened_account", "rewritten", "reach_rewritten", "link_made"})
"""What somebody does who has only just signed in."""


_at_address = Prepared(
    lambda address: Person.objects.filter(email=address, account=None, erased_at=None).order_by(
        "pk"
    ),
    str,
)


class NotTheirs(Exception):
    """Not a person of this address who has no account yet."""


class HasOwn(Exception):
    """The account has done things under its own person; two people who both did do not become one."""


def known_earlier(account: Account) -> list[Person]:
    """Who took part under the account's own, proved address without any account."""
    address = account.email.lower()  # as people's are kept, so that the index finds them
    known = _at_address.all(address)
    return known if known and _proved(account) else []


def offered_to(account: Account, person: Person) -> list[Person]:
    """Whom ``account`` may take up while ``person``, with whom it began, is still empty."""
    known = known_earlier(account)
    return known if known and _is_empty(person) else []


@action
def take_up(*, account: Account, person: str, by: Person, at: datetime) -> Person:
    """Tie ``account`` to who has the public id ``person``; the empty person it began with goes.

    Raises ``NotTheirs``, or ``HasOwn`` where that one is not empty.
    """
    known = next((each for each in known_earlier(account) if each.public_id == person), None)
    if known is None:
        raise NotTheirs
    earlier, begun = lock_all(known, by)
    if begun.account_id != account.pk or _went_on(earlier, known):
        raise NotTheirs
    if not _is_empty(begun):
        raise HasOwn
    Person.objects.filter(pk=begun.pk).update(account=None)
    earlier.account = account
    earlier.save(update_fields=["account"])
    Mail.objects.filter(person=begun.public_id).update(person=earlier.public_id)
    pseudonymise(person_id=begun.public_id, pseudonym=earlier.public_id)
    begun.delete()
    record(by=earlier, at=at, verb="taken_up", of=earlier, audience=Audience.PERSON)
    return earlier


def _went_on(locked: Person, known: Person) -> bool:
    """Whether somebody was taken up, erased or rewritten between being found and being locked."""
    return bool(locked.account_id or locked.erased_at) or locked.email != known.email


def _proved(account: Account) -> bool:
    addresses = account.emailaddress_set  # type: ignore[attr-defined]
    return bool(addresses.filter(email__iexact=account.email, verified=True).exists())


def _is_empty(person: Person) -> bool:
    """Whether nothing in the house points to ``person`` but their account and its letters."""
    others = (each for each in Person._meta.related_objects if each.related_model != PersonalLink)
    return not (
        Entry.objects.filter(by=person.public_id).exclude(verb__in=OF_THE_ACCOUNT).exists()
        or any(
            each.related_model._base_manager.filter(**{each.field.name: person.pk}).exists()
            for each in others
        )
    )
