"""Challenges are found by their question, their short name and what is said around them."""

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from essor.challenges.models import Challenge
from essor.challenges.states import DRAFT
from essor.kit.finding import Found, Told, declare


def public() -> QuerySet[Challenge]:
    return Challenge.objects.exclude(state=DRAFT).select_related("territory")


def told(challenge: Challenge) -> Told:
    address = reverse("challenges:challenge", args=[challenge.territory.slug, challenge.public_id])
    short = "" if challenge.short.lower() in challenge.question.lower() else f"{challenge.short}. "
    return Told(challenge.question, f"{short}{challenge.context}", address)


declare(
    Found("challenge", 3, _("Challenges"), _("challenge"), public, told, {"challenge": "public_id"})
)
