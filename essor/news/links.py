"""Addresses in a digest that need no account: its settings, for a while; leaving one thing, for ever."""

from datetime import timedelta

from django.conf import settings
from django.core.signing import BadSignature, Signer, TimestampSigner
from django.urls import reverse

from essor.news.kinds import Key
from essor.people.models import Person

LASTS = timedelta(days=200)
_signer = TimestampSigner(salt="essor.news.choices")
_leaving = Signer(salt="essor.news.leaving", sep=".")


def choices_token(person: Person) -> str:
    return _signer.sign(person.public_id)


def choices_address(person: Person) -> str:
    """Where ``person`` chooses what to hear of; good for that alone."""
    return f"{settings.SITE_URL}{reverse('news:choices', args=[choices_token(person)])}"


def person_of(token: str) -> Person | None:
    """Whom ``token`` names; None when it was not made here, is too old, or the person is gone."""
    try:
        public_id = _signer.unsign(token, max_age=LASTS)
    except BadSignature:
        return None
    return Person.objects.filter(public_id=public_id, erased_at=None).first()


def leave_address(person: Person, key: Key) -> str:
    """The path where ``person`` no longer follows this; good for that alone."""
    return reverse("news:leaving", args=[_leaving.sign(":".join([person.public_id, *key]))])


def leaving_of(token: str) -> tuple[Person, Key] | None:
    """Who leaves what; None when the token was not made here, or the person is gone."""
    try:
        public_id, of_type, of_id = _leaving.unsign(token).split(":")
    except (BadSignature, ValueError):
        return None
    person = Person.objects.filter(public_id=public_id, erased_at=None).first()
    return (person, (of_type, of_id)) if person else None
