"""What a person agreed to, in which words, until when."""

from collections.abc import Iterable
from datetime import datetime

from essor.kit.prepared import Prepared
from essor.kit.putting import put_soon
from essor.ledger.actions import Named, action, nothing_changed, record, record_each, step
from essor.ledger.models import Audience
from essor.people.models import Consent, Person

_open_consents = Prepared(
    lambda person: Consent.objects.filter(person_id=person, withdrawn_at=None), int
)


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
