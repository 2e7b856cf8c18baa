"""How a person is reached: number, language, address, news or none."""

from datetime import datetime

from essor.ledger.actions import Named, action, nothing_changed, record
from essor.ledger.models import Audience
from essor.people.models import Person


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
