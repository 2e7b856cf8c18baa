"""Treasures belong to a territory; people may be named in their words."""

from django.utils.translation import gettext_lazy as _

from essor.kit.privacy import declare
from essor.treasures.models import Treasure

declare(
    Treasure,
    _("treasures"),
    plain="public_id territory kind kind_as_said sources created_at confirmed_at",
    mentions="name description",
)
