"""Wanting no more news: one address at the foot of each news mail, good for ever, for that alone."""

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse

from essor.people.models import Person

_signer = Signer(salt="essor.people.no-news")


def no_news_address(person: Person) -> str:
    """The address that stops news to ``person``; mail programs may call it without a visitor."""
    token = _signer.sign(person.public_id)
    return f"{settings.SITE_URL}{reverse('people:no_news', args=[token])}"


def person_of(token: str) -> Person | None:
    """Whom ``token`` names; None when it was not made here, or the person is gone."""
    try:
        public_id = _signer.unsign(token)
    except BadSignature:
        return None
    return Person.objects.filter(public_id=public_id, erased_at=None).first()
