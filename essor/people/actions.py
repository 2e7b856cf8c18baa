"""Every write about persons: welcoming, consent, personal links."""

import hashlib
import secrets
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from essor.kit.prepared import Prepared
from essor.kit.putting import put, put_soon
from essor.ledger.actions import Named, action, nothing_changed, record, record_each, step
from essor.ledger.models import Audience
from essor.people.links import lasting
from essor.people.models import Account, Consent, Organisation, Person, PersonalLink, Sphere
from essor.people.text import folded, name_in

_open_consents = Prepared(
    lambda person: Consent.objects.filter(person_id=person, withdrawn_at=None), int
)


class LinkRefused(Exception):
    """A personal link that cannot be used: ``reason`` is ``unknown``, ``expired`` or ``used``."""

    def __init__(self, reason: str, link: PersonalLink | None = None) -> None:
        super().__init__(reason)
        self.reason, self.link = reason, link


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


@action
def give_consent(
    *, person: Person, purpose: str, wording: str, by: Named | None, at: datetime
) -> Consent:
    """Keep that ``person`` agreed to ``purpose`` in the words of version ``wording``."""
    consent, new = Consent.objects.get_or_create(
        person=person,
        purpose=purpose,
        withdrawn_at=None,
        defaults={"wording": wording, "given_at": at},
    )
    if new:
        record(by=by, at=at, verb="consented", of=person, audience=Audience.PERSON,
               data={"purpose": purpose, "wording": wording})  # fmt: skip
    else:
        nothing_changed()
    return consent


@step
def give_consents(
    *,
    person: Person,
    purposes: Iterable[str],
    wording: str,
    by: Named | None,
    at: datetime,
    known: bool = True,
) -> None:
    """The same for several purposes, as a part of an action.

    ``known``: whether the person was there before this action, and may have agreed already.
    """
    given = _open_consents.all(person.pk) if known else []
    open_now = {consent.purpose for consent in given}
    new = sorted(set(purposes) - open_now)
    for each in new:  # there are three purposes at most
        consent = Consent(person=person, purpose=each, wording=wording, given_at=at)
        put_soon(consent, unless_there=True)
    record_each(by=by, at=at, verb="consented", audience=Audience.PERSON,
                of=[(person, {"purpose": each, "wording": wording}) for each in new])  # fmt: skip


@action
def withdraw_consent(*, person: Person, purpose: str, by: Named | None, at: datetime) -> None:
    """End a consent; withdrawing twice is the same as once."""
    ended = Consent.objects.filter(person=person, purpose=purpose, withdrawn_at=None).update(
        withdrawn_at=at
    )
    if not ended:
        nothing_changed()
        return
    record(by=by, at=at, verb="withdrew_consent", of=person, audience=Audience.PERSON,
           data={"purpose": purpose})  # fmt: skip


@action
def choose_news(*, person: Person, wanted: bool, by: Named | None, at: datetime) -> None:
    """Receive news by mail or none; answers to what one does still come."""
    changed = Person.objects.filter(pk=person.pk, no_news=wanted).update(no_news=not wanted)
    if not changed:
        nothing_changed()
        return
    verb = "chose_news" if wanted else "chose_no_news"
    record(by=by, at=at, verb=verb, of=person, audience=Audience.PERSON)


@action
def rewrite_reach(
    *, person: Person, phone: str, language: str, by: Named | None, at: datetime
) -> Person:
    """Change by which number and in which language a person is reached."""
    if (person.phone, person.language) == (phone.strip(), language):
        nothing_changed()
        return person
    person.phone, person.language = phone.strip(), language
    person.save(update_fields=["phone", "language"])
    record(by=by or person, at=at, verb="reach_rewritten", of=person, audience=Audience.PERSON)
    return person


@action
def tell_address(*, person: Person, email: str, by: Named | None, at: datetime) -> Person:
    """Keep the address of somebody who had given none; a known one is proved elsewhere and stays."""
    if person.email or not email.strip():
        nothing_changed()
        return person
    person.email = email.strip().lower()
    person.save(update_fields=["email"])
    record(by=by or person, at=at, verb="told_address", of=person, audience=Audience.PERSON)
    return person


@action
def make_link(
    *,
    person: Person,
    purpose: str,
    subject: str,
    by: Named | None,
    at: datetime,
    lasts: timedelta | None = None,
) -> str:
    """Make a personal link and return its token, which is nowhere kept in clear.

    It lasts as long as links of its purpose do (``people.links``), unless ``lasts`` says otherwise.
    """
    token, link = _link(person, purpose, subject, at, lasts)
    put_soon(link)
    record(by=by, at=at, verb="link_made", of=person, audience=Audience.PERSON,
           data={"purpose": purpose})  # fmt: skip
    return token


@action
def make_links(
    *, wanted: Sequence[tuple[Person, str, str]], by: Named | None, at: datetime
) -> list[str]:
    """The same for many (person, purpose, subject), in their order, in a few queries."""
    if not wanted:
        nothing_changed()
        return []
    made = [_link(person, purpose, subject, at) for person, purpose, subject in wanted]
    PersonalLink.objects.bulk_create([link for _token, link in made], batch_size=500)
    record_each(by=by, at=at, verb="link_made", audience=Audience.PERSON,
                of=[(person, {"purpose": purpose}) for person, purpose, _s in wanted])  # fmt: skip
    return [token for token, _link in made]


def _link(
    person: Person, purpose: str, subject: str, at: datetime, lasts: timedelta | None = None
) -> tuple[str, PersonalLink]:
    token = secrets.token_urlsafe(24)
    ends = at + (lasting(purpose) if lasts is None else lasts)
    return token, PersonalLink(
        digest=digest_of(token), person=person, purpose=purpose, subject=subject, made_at=at,
        expires_at=ends,
    )  # fmt: skip


@action
def use_link(*, token: str, by: Named | None, at: datetime, purpose: str = "") -> PersonalLink:
    """Spend a link, once; raises ``LinkRefused`` (unknown, expired or used) and changes nothing."""
    link = read_link(token=token, purpose=purpose, at=at)
    spent = PersonalLink.objects.filter(pk=link.pk, used_at=None).update(used_at=at)
    if not spent:
        raise LinkRefused("used", link)
    link.used_at = at
    record(by=link.person, at=at, verb="link_used", of=link.person, audience=Audience.PERSON,
           data={"purpose": link.purpose})  # fmt: skip
    return link


def read_link(*, token: str, at: datetime, purpose: str = "") -> PersonalLink:
    """Look at a link without using it (mail scanners do); raises ``LinkRefused``.

    With a ``purpose``, a link made for another one is unknown.
    """
    link = link_of(token)
    if link is None or (purpose and link.purpose != purpose):
        raise LinkRefused("unknown")
    if link.used_at:
        raise LinkRefused("used", link)
    if link.expires_at <= at:
        raise LinkRefused("expired", link)
    return link


def link_of(token: str) -> PersonalLink | None:
    """The link with this token, used or not; none once its person is erased."""
    return (
        PersonalLink.objects.select_related("person")
        .filter(digest=digest_of(token), person__erased_at=None)
        .first()
    )


def digest_of(token: str) -> str:
    """What the database keeps of a token (192 random bits, so one round is enough)."""
    return hashlib.sha256(token.encode()).hexdigest()
