"""Personal links: sent to one person, short-lived, used once."""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from essor.kit.putting import put_soon
from essor.ledger.actions import Named, action, nothing_changed, record, record_each
from essor.ledger.models import Audience
from essor.people.links import lasting
from essor.people.models import Person, PersonalLink


class LinkRefused(Exception):
    """A personal link that cannot be used: ``reason`` is ``unknown``, ``expired`` or ``used``."""

    def __init__(self, reason: str, link: PersonalLink | None = None) -> None:
        super().__init__(reason)
        self.reason, self.link = reason, link


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
