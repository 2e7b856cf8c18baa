"""Riches of a territory: know-how, places, matter, links. For now a list with sources."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from essor.kit.ids import PublicIdField
from essor.territories.models import Territory


class Treasure(models.Model):
    """A human, natural, economic or cultural resource, with where it is known from."""

    class Kind(models.TextChoices):
        HUMAN = "human", _("human")
        NATURAL = "natural", _("natural")
        ECONOMIC = "economic", _("economic")
        CULTURAL = "cultural", _("cultural")

    public_id = PublicIdField()
    territory = models.ForeignKey(Territory, models.CASCADE, related_name="treasures")
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    kind_as_said = models.CharField(max_length=60, blank=True)
    description = models.TextField(blank=True)
    sources = models.JSONField(default=list, blank=True)
    created_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["territory", "name", "id"]

    def __str__(self) -> str:
        return self.name
