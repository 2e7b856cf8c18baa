"""Lists of participants from other services: the preview, and the mapping that is remembered."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from essor.evenings.models.evening import Evening
from essor.kit.ids import PublicIdField
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


class ImportBatch(models.Model):
    """One file being imported: read and previewed first, then applied whole or not at all."""

    class State(models.TextChoices):
        PREVIEW = "preview", _("preview")
        APPLIED = "applied", _("imported")
        DROPPED = "dropped", _("dropped")

    public_id = PublicIdField()
    evening = models.ForeignKey(Evening, models.CASCADE, related_name="import_batches")
    filename = models.CharField(max_length=200)
    digest = models.CharField(max_length=64, help_text="SHA-256 of the file")
    table = models.JSONField(help_text="header and lines as read")
    mapping = models.JSONField(default=dict)
    result = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=State.choices, default=State.PREVIEW)
    made_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField()
    applied_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-made_at", "-id"]
