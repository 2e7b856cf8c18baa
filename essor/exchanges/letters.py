"""Mails about commitments: to whoever promised, and once a day to the host team."""

from datetime import datetime

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from essor.exchanges.models import Commitment
from essor.kit.mail import Letter, post
from essor.people.links import link_address
from essor.territories.brand import brand_of
from essor.territories.models import Territory
from essor.territories.queries import hosts_with_address


def absolute(name: str, *args: str) -> str:
    return f"{settings.SITE_URL}{reverse(name, args=args)}"


def post_promised(commitment: Commitment, *, token: str, at: datetime) -> None:
    """Repeat the promise to the person, with the way to release it."""
    with translation.override(commitment.person.language):
        _post(
            commitment,
            _("Your commitment: thank you!"),
            "exchanges/mail/promised.txt",
            {"link": link_address(token)},
            at,
        )


def post_accepted(commitment: Commitment, *, words: str, at: datetime) -> None:
    """A human of the team took the promise up, with that human's words."""
    with translation.override(commitment.person.language):
        subject = _("Your commitment: we take you at your word")
        _post(commitment, subject, "exchanges/mail/accepted.txt", {"words": words}, at)


def post_thanked(commitment: Commitment, *, words: str, token: str, at: datetime) -> None:
    """Thanks for a promise that was kept, with the way to say who may read them."""
    with translation.override(commitment.person.language):
        subject = _("Thank you for what you brought")
        context = {"words": words, "link": link_address(token)}
        _post(commitment, subject, "exchanges/mail/thanked.txt", context, at)


def _post(
    commitment: Commitment, subject: str, template: str, context: dict[str, str], at: datetime
) -> None:
    person = commitment.person
    everything = {**context, "commitment": commitment, "person": person}
    post(
        Letter(
            address=person.email,
            subject=subject,
            text=render_to_string(template, everything).strip() + "\n",
            person=person.public_id,
            brand=brand_of(commitment.territory),
            key=f"{commitment.state}:{commitment.public_id}",
        ),
        at=at,
    )


def post_to_hosts(territory: Territory, *, at: datetime) -> None:
    """Tell each host, once a day at most, that promises wait for a human answer."""
    day = timezone.localtime(at).date()
    desk = absolute("exchanges:desk", territory.slug)
    for host in hosts_with_address(territory):
        with translation.override(host.language):
            context = {"territory": territory, "desk": desk, "person": host}
            post(
                Letter(
                    address=host.email,
                    subject=_("New commitments at %(territory)s") % {"territory": territory.name},
                    text=render_to_string("exchanges/mail/new_commitments.txt", context).strip()
                    + "\n",
                    person=host.public_id,
                    brand=brand_of(territory),
                    key=f"new-commitments:{territory.public_id}:{host.public_id}:{day}",
                ),
                at=at,
            )
