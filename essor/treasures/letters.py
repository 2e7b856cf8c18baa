"""Mails about treasures: to whoever wrote one down and gave an address."""

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.urls import reverse

from essor.people.links import link_address
from essor.people.models import Person
from essor.people.news import no_news_address
from essor.territories.letters import post_to
from essor.treasures.models import Treasure


def page_of(treasure: Treasure) -> str:
    """The address of a treasure's page on this site."""
    return reverse("treasures:treasure", args=[treasure.territory.slug, treasure.public_id])


def post_written_down(treasure: Treasure, *, token: str, at: datetime) -> None:
    """Tell the keeper where the treasure is found and changed."""
    assert treasure.keeper is not None
    context = {"treasure": treasure, "link": link_address(token)}
    post_to(
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
    post_to(
        person, territory, "treasures/mail/yearly.txt", context, key=key, at=at,
        news=True, unsubscribe_url=no_news_address(person),
    )  # fmt: skip
