"""A riches of the territory: what it is, where about, whose, in which state."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from essor.kit import clock
from essor.kit.ids import PublicIdField
from essor.people.models import Person, Sphere
from essor.territories.models import Territory, Theme

LONGEST = 3_000


class Treasure(models.Model):
    """A human, natural, economic or cultural resource, with its place, state and freshness.

    ``latitude`` and ``longitude`` are already as blurred as ``precision`` says: the exact place of
    a blurred treasure is never kept (docs/decisions/0015).
    """

    class Kind(models.TextChoices):
        HUMAN = "human", _("human")
        NATURAL = "natural", _("natural")
        ECONOMIC = "economic", _("economic")
        CULTURAL = "cultural", _("cultural")

    class Use(models.TextChoices):
        """What others may do with it."""

        HERE = "here", _("is here")
        OFFERED = "offered", _("is offered")
        WASTE = "waste", _("is thrown away today")

    class Precision(models.TextChoices):
        EXACT = "exact", _("the exact place")
        ABOUT = "about", _("to about a kilometre")
        COMMUNE = "commune", _("the commune only")

    class State(models.TextChoices):
        SHOWN = "shown", pgettext_lazy("treasure", "shown")
        WAITING = "waiting", pgettext_lazy("treasure", "waits for a look")
        HIDDEN = "hidden", pgettext_lazy("treasure", "hidden")
        GONE = "gone", _("no longer there")

    class Way(models.TextChoices):
        """How it came in."""

        SOURCE = "source", _("from a public source")
        PERSON = "person", _("written down by somebody")
        FILE = "file", pgettext_lazy("treasure", "from a list")

    public_id = PublicIdField()
    territory = models.ForeignKey(Territory, models.CASCADE, related_name="treasures")
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    kind_as_said = models.CharField(max_length=60, blank=True)
    description = models.TextField(blank=True)
    use = models.CharField(max_length=10, choices=Use.choices, default=Use.HERE)
    quantity = models.CharField(max_length=120, blank=True)
    themes: models.ManyToManyField[Theme, Any] = models.ManyToManyField(
        Theme, blank=True, related_name="treasures"
    )
    sphere = models.ForeignKey(
        Sphere, models.PROTECT, null=True, blank=True, related_name="treasures",
        help_text="of whoever holds it",
    )  # fmt: skip
    holder = models.CharField(
        max_length=200, blank=True, help_text="the organisation that holds it"
    )
    place = models.CharField(max_length=200, blank=True, help_text="in words, public")
    commune = models.CharField(max_length=80, blank=True)
    commune_code = models.CharField(max_length=5, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    precision = models.CharField(
        max_length=10, choices=Precision.choices, default=Precision.COMMUNE
    )
    state = models.CharField(max_length=10, choices=State.choices, default=State.SHOWN)
    hidden_why = models.CharField(max_length=300, blank=True)
    keeper = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="treasures",
        help_text="who wrote it down and is asked once a year",
    )  # fmt: skip
    way = models.CharField(max_length=10, choices=Way.choices, default=Way.SOURCE)
    origin = models.CharField(
        max_length=80, blank=True, help_text="what it came from, so that it comes in once"
    )
    brought_in_by = models.ForeignKey(
        "treasures.TreasureList", models.SET_NULL, null=True, blank=True, related_name="treasures"
    )
    as_brought = models.CharField(
        max_length=32, blank=True, help_text="digest of the line it came from"
    )
    sources = models.JSONField(default=list, blank=True)
    invented = models.BooleanField(default=False, help_text="made up for a demonstration")
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField(
        default=clock.now, help_text="what pages and the map show of it changed"
    )
    corrected_at = models.DateTimeField(null=True, blank=True, help_text="by people, here")
    confirmed_at = models.DateTimeField(null=True, blank=True)
    asked_at = models.DateTimeField(
        null=True, blank=True, help_text="when its keeper was last asked whether it is still so"
    )

    class Meta:
        ordering = ["territory", "name", "id"]
        indexes = [
            models.Index(
                fields=["territory", "state", "-changed_at", "-id"], name="treasure_latest"
            ),
            # Lenses count all that are shown: of an index, not of 20,000 rows.
            models.Index(
                fields=["territory", "state", "kind", "use", "sphere"], name="treasure_lenses"
            ),
            models.Index(
                fields=["territory", "state"],
                condition=models.Q(latitude=None),
                name="treasure_without_place",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["territory", "origin"],
                condition=~models.Q(origin=""),
                name="treasure_comes_in_once",
            ),
            models.CheckConstraint(
                condition=models.Q(latitude=None, longitude=None)
                | models.Q(
                    latitude__gte=-90, latitude__lte=90, longitude__gte=-180, longitude__lte=180
                ),
                name="treasure_on_earth",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def seen_at(self) -> Any:
        """When somebody last said that it is so."""
        return self.confirmed_at or self.created_at
