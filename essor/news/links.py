"""The address at the foot of a digest that opens its settings without an account, for a while."""

from datetime import timedelta

from django.conf import settings
from django.core.signing import BadSignature, TimestampSigner
from django.urls import reverse

from essor.people.models import Person

LASTS = timedelta(days=200)
_signer = TimestampSigner(salt="essor.news.choices")


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
