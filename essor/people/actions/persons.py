"""Who somebody is: welcomed, told anew, tied to an account."""

from datetime import datetime

from essor.kit.putting import put
from essor.ledger.actions import Named, action, nothing_changed, record
from essor.ledger.models import Audience
from essor.people.models import Account, Organisation, Person, Sphere
from essor.people.text import folded, name_in


@action
def welcome_person(
    *,
    first_name: str,
    by: Named | None,
    at: datetime,
    last_name: str = "",
    email: str = "",
    phone: str = "",
    sphere: Sphere | None = None,
    organisation: str = "",
    commune: str = "",
    commune_code: str = "",
    language: str = "fr",
    invented: bool = False,
) -> Person:
    """Make a person; the organisation is found by its folded name or made."""
    person = Person(
        first_name=first_name.strip(),
        last_name=last_name.strip(),
        email=email.strip().lower(),
        phone=phone.strip(),
        sphere=sphere,
        organisation=organisation_named(organisation, sphere),
        commune=commune.strip(),
        commune_code=commune_code,
        language=language,
        invented=invented,
        created_at=at,
    )
    put(person)
    record(by=by or person, at=at, verb="welcomed", of=person)
    return person


@action
def rewrite_person(
    *,
    person: Person,
    first_name: str,
    last_name: str,
    sphere: Sphere | None,
    organisation: str,
    commune: str,
    commune_code: str,
    by: Named | None,
    at: datetime,
) -> Person:
    """Correct what a person told about themself; the address is proved elsewhere and stays."""
    person.first_name, person.last_name = first_name.strip(), last_name.strip()
    person.sphere = sphere
    person.organisation = organisation_named(organisation, sphere)
    person.commune, person.commune_code = commune.strip(), commune_code
    person.save(
        update_fields=[
            "first_name",
            "last_name",
            "sphere",
            "organisation",
            "commune",
            "commune_code",
        ]
    )
    record(by=by or person, at=at, verb="rewritten", of=person, audience=Audience.PERSON)
    return person


def organisation_named(name: str, sphere: Sphere | None = None) -> Organisation | None:
    """The organisation whose folded name is ``name``'s, made where there is none; None if blank."""
    key = folded(name)[:200]
    if not key:
        return None
    found, _ = Organisation.objects.get_or_create(
        key=key, defaults={"name": name.strip()[:200], "sphere": sphere}
    )
    return found


@action
def person_of_account(*, account: Account, by: Named | None, at: datetime) -> Person:
    """The person behind an account: the one already tied to it, else a new one.

    Never an existing person who merely gave the same address: a household may share one.
    """
    known = Person.objects.filter(account=account).first()
    if known:
        nothing_changed()
        return known
    person = Person.objects.create(
        account=account,
        first_name=name_in(account.email)[:200],
        email=account.email,
        created_at=at,
    )
    record(by=person, at=at, verb="opened_account", of=person, audience=Audience.PERSON)
    return person
