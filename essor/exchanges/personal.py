"""Where the personal link of a promise leads."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from essor.exchanges.actions.commitments import LINK, LINK_LASTS
from essor.exchanges.doors import COMMITMENT, INTRODUCTION
from essor.exchanges.introduction_letters import LINK as INTRODUCTION_LINK
from essor.exchanges.introduction_letters import LINK_LASTS as INTRODUCTION_LASTS
from essor.exchanges.models import Commitment, IntroductionSide
from essor.people.links import register_purpose
from essor.people.models import PersonalLink
from essor.people.visitor import PERSON


def open_commitment(request: HttpRequest, link: PersonalLink) -> str:
    """Let the browser in to its promise; erased since, it leads to the home page."""
    commitment = Commitment.objects.filter(public_id=link.subject).first()
    if commitment is None:
        return "/"
    visitor = request.visitor  # type: ignore[attr-defined]
    visitor.give_key(COMMITMENT, commitment.public_id)
    visitor.give_key(PERSON, link.person.public_id)
    slug = commitment.territory.slug
    return reverse("exchanges:commitment", args=[slug, commitment.public_id])


def still_open(request: HttpRequest, link: PersonalLink) -> str | None:
    if not request.visitor.holds(COMMITMENT, link.subject):  # type: ignore[attr-defined]
        return None
    return open_commitment(request, link)


def open_introduction(request: HttpRequest, link: PersonalLink) -> str:
    """Let the browser in to its side; it is known nowhere else by it."""
    side = (
        IntroductionSide.objects.select_related("introduction__territory")
        .filter(public_id=link.subject)
        .first()
    )
    if side is None:
        return "/"
    request.visitor.give_key(INTRODUCTION, side.public_id)  # type: ignore[attr-defined]
    return reverse("introductions:side", args=[side.introduction.territory.slug, side.public_id])


def introduction_still_open(request: HttpRequest, link: PersonalLink) -> str | None:
    if not request.visitor.holds(INTRODUCTION, link.subject):  # type: ignore[attr-defined]
        return None
    return open_introduction(request, link)


def register() -> None:
    register_purpose(
        LINK,
        open_commitment,
        button=_("See my commitment"),
        lasts=LINK_LASTS,
        still_open=still_open,
    )
    register_purpose(
        INTRODUCTION_LINK,
        open_introduction,
        button=_("Read and answer"),
        lasts=INTRODUCTION_LASTS,
        still_open=introduction_still_open,
    )
