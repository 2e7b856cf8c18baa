"""Evenings are found by their name and place once they are announced."""

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from essor.evenings.models import Evening
from essor.kit.finding import Found, Told, declare


def public() -> QuerySet[Evening]:
    return Evening.objects.exclude(state=Evening.State.DRAFT).select_related("territory")


def told(evening: Evening) -> Told:
    address = reverse("evenings:evening", args=[evening.territory.slug, evening.public_id])
    said = [evening.description, evening.place, evening.commune]
    return Told(evening.name, " ".join(filter(None, said)), address)


declare(Found("evening", 6, _("Evenings"), _("evening"), public, told, {"evening": "public_id"}))
