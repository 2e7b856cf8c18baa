"""What a table hands in, its photographs, and second wordings that wait for a choice."""

from django.db import models

from essor.kit.ids import PublicIdField
from essor.projects.models.project import Project

SHEET_FIELDS = (
    "dream",
    "proposal",
    "people_helped",
    "leaders",
    "partners",
    "resources_human",
    "resources_material",
    "resources_financial",
    "first_steps",
)
"""The nine real fields, in the order of the paper sheet."""

WRITABLE_FIELDS = (*SHEET_FIELDS, "set_aside")
LONGEST_TEXT = 5_000


class Sheet(models.Model):
    """What a table hands in: the nine real fields, and the ideas it set aside."""

    project = models.OneToOneField(Project, models.CASCADE, related_name="sheet")
    dream = models.TextField(blank=True)
    proposal = models.TextField(blank=True)
    people_helped = models.TextField(blank=True)
    leaders = models.TextField(blank=True)
    partners = models.TextField(blank=True)
    resources_human = models.TextField(blank=True)
    resources_material = models.TextField(blank=True)
    resources_financial = models.TextField(blank=True)
    first_steps = models.TextField(blank=True)
    set_aside = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=0, help_text="counts savings; finds stale forms")
    saved_at = models.DateTimeField(null=True, blank=True)
    handed_in_at = models.DateTimeField(null=True, blank=True)

    @property
    def filled(self) -> int:
        """How many of the nine fields hold something."""
        return sum(bool(getattr(self, name).strip()) for name in SHEET_FIELDS)


class SheetVariant(models.Model):
    """A second text for one field, written by another phone meanwhile: kept until somebody chooses."""

    public_id = PublicIdField()
    sheet = models.ForeignKey(Sheet, models.CASCADE, related_name="variants")
    field = models.CharField(max_length=20)
    text = models.TextField()
    at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["at", "id"]


class SheetPhoto(models.Model):
    """A photograph of the paper sheet, decoded and encoded again, without its metadata."""

    public_id = PublicIdField()
    sheet = models.ForeignKey(Sheet, models.CASCADE, related_name="photos")
    file = models.CharField(max_length=200)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["added_at", "id"]
