"""Territories are found by their name, what they call their dynamic, and who runs them."""

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from essor.kit.finding import Found, Told, declare
from essor.territories.models import Territory


def public() -> QuerySet[Territory]:
    return Territory.objects.filter(listed=True)


def told(territory: Territory) -> Told:
    said = [territory.dynamic_name, territory.promise, territory.welcome, territory.host_structure]
    address = reverse("portal:home", args=[territory.slug])
    return Told(territory.name, " ".join(filter(None, said)), address)


declare(
    Found(
        "territory", 1, _("Territories"), _("territory"), public, told,
        {"territory": "public_id"}, place="id",
    )
)  # fmt: skip
