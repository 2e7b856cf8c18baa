"""Lists of participants from other services: the preview, and the mapping that is remembered."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from essor.evenings.models.evening import Evening
from essor.kit.lists.life import IncomingList
from essor.people.models import Person
from essor.territories.models import Territory


class ColumnMapping(models.Model):
    """How a territory reads files with these columns (``signature``: hash of the header line)."""

    territory = models.ForeignKey(Territory, models.CASCADE)
    signature = models.CharField(max_length=64)
    mapping = models.JSONField()
    used_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["territory", "signature"], name="mapping_once")
        ]


class ImportBatch(IncomingList):
    """One file being imported: read and previewed first, then applied whole or not at all."""

    INTO = "evening"

    class State(models.TextChoices):
        PREVIEW = "preview", _("preview")
        APPLIED = "applied", _("imported")
        DROPPED = "dropped", _("dropped")

    evening = models.ForeignKey(Evening, models.CASCADE, related_name="import_batches")
    state = models.CharField(max_length=10, choices=State.choices, default=State.PREVIEW)
    made_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["-made_at", "-id"]
