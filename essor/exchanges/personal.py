"""Where personal links lead: to a promise, to one's side of an introduction."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from essor.exchanges.actions.commitments import LINK
from essor.exchanges.doors import COMMITMENT, INTRODUCTION
from essor.exchanges.introduction_letters import LINK as INTRODUCTION_LINK
from essor.exchanges.models import Commitment, IntroductionSide
from essor.people.links import THREE_MONTHS, THREE_YEARS, register_key
from essor.people.models import PersonalLink


def commitment_page(link: PersonalLink) -> str | None:
    """The promise's page, where it was not erased since."""
    found = Commitment.objects.select_related("territory").filter(public_id=link.subject).first()
    if found is None:
        return None
    return reverse("exchanges:commitment", args=[found.territory.slug, found.public_id])


def side_page(link: PersonalLink) -> str | None:
    """The page of one side of an introduction."""
    sides = IntroductionSide.objects.select_related("introduction__territory")
    side = sides.filter(public_id=link.subject).first()
    if side is None:
        return None
    return reverse("introductions:side", args=[side.introduction.territory.slug, side.public_id])


def register() -> None:
    register_key(
        LINK, COMMITMENT, commitment_page, button=_("See my commitment"), lasts=THREE_YEARS
    )
    register_key(
        INTRODUCTION_LINK,
        INTRODUCTION,
        side_page,
        button=_("Read and answer"),
        lasts=THREE_MONTHS,
        recognised=False,  # an address that somebody else wrote down says nothing of who reads it
    )
