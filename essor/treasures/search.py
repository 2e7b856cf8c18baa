"""Treasures are found by their name, what is said of them, who holds them and where."""

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from essor.kit.finding import Found, Told, declare
from essor.treasures.models import Treasure


def public() -> QuerySet[Treasure]:
    shown = Treasure.objects.filter(state=Treasure.State.SHOWN)
    return shown.select_related("territory").defer("sources", "hidden_why")


def told(treasure: Treasure) -> Told:
    address = reverse("treasures:treasure", args=[treasure.territory.slug, treasure.public_id])
    said = [treasure.description, treasure.holder, treasure.place, treasure.commune,
            treasure.quantity]  # fmt: skip
    return Told(treasure.name, " ".join(filter(None, said)), address)


declare(
    Found(
        "treasure", 2, _("Treasures"), _("treasure"), public, told,
        {"treasure": "public_id", "treasurelist": "territory__treasure_lists__public_id"},
    )
)  # fmt: skip
