"""Mails about treasures: to whoever wrote one down and gave an address."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from essor.kit.letters import render_letter
from essor.kit.mail import Letter, post
from essor.people.links import link_address
from essor.people.models import Person
from essor.people.news import no_news_address
from essor.territories.brand import brand_of
from essor.territories.models import Territory
from essor.treasures.models import Treasure


def page_of(treasure: Treasure) -> str:
    """The address of a treasure's page on this site."""
    return reverse("treasures:treasure", args=[treasure.territory.slug, treasure.public_id])


def post_written_down(treasure: Treasure, *, token: str, at: datetime) -> None:
    """Tell the keeper where the treasure is found and changed."""
    assert treasure.keeper is not None
    context = {"treasure": treasure, "link": link_address(token)}
    _post(
        treasure.keeper, treasure.territory, "treasures/mail/written_down.txt", context,
        key=f"treasure-written:{treasure.public_id}", at=at,
    )  # fmt: skip


def post_yearly(
    person: Person, treasures: Sequence[Treasure], *, token: str, key: str, at: datetime
) -> None:
    """Ask a keeper once a year whether what they wrote down is still so; news, easily stopped."""
    territory = treasures[0].territory
    lines = [{"treasure": each, "address": settings.SITE_URL + page_of(each)} for each in treasures]
    context = {"lines": lines, "link": link_address(token), "no_news": no_news_address(person)}
    _post(
        person, territory, "treasures/mail/yearly.txt", context, key=key, at=at,
        news=True, unsubscribe_url=no_news_address(person),
    )  # fmt: skip


def _post(
    person: Person,
    territory: Territory,
    template: str,
    context: dict[str, Any],
    *,
    key: str,
    at: datetime,
    **more: Any,
) -> None:
    brand = brand_of(territory)
    everything = {**context, "person": person, "territory": territory}
    with translation.override(person.language):
        subject, text, html = render_letter(template, everything, brand)
        letter = Letter(
            address=person.email,
            subject=subject,
            text=text,
            html=html,
            person=person.public_id,
            key=key,
            brand=brand,
            **more,
        )
    post(letter, at=at)
