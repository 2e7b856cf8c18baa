"""Private rooms: what a project shows to its partners alone, and the secret links that open them."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from essor.kit.ids import PublicIdField
from essor.people.models import Person
from essor.projects.models import Project


class PrivateRoom(models.Model):
    """A project's page for partners: words, what is needed and found, dates, files."""

    class Sum(models.TextChoices):
        """How much of what is found stands on the project's own page, for everybody."""

        ROOM = "room", _("nothing")
        SHARE = "share", _("about how much is found")
        TOTAL = "total", _("the sum")

    public_id = PublicIdField()
    project = models.OneToOneField(Project, models.CASCADE, related_name="private_room")
    words = models.TextField(blank=True)
    sum_shown = models.CharField(max_length=10, choices=Sum.choices, default=Sum.ROOM)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-opened_at", "-id"]

    @property
    def is_open(self) -> bool:
        """Whether partners come in and may pledge; its project must have been fetched."""
        return self.closed_at is None and self.project.published_at is not None


class BudgetLine(models.Model):
    """Something that costs money, in euros. ``held`` is what living and kept pledges bring to it.

    ``held`` changes only together with them, under a lock; the database refuses more than is needed.
    """

    public_id = PublicIdField()
    room = models.ForeignKey(PrivateRoom, models.CASCADE, related_name="lines")
    label = models.CharField(max_length=160)
    needed = models.PositiveIntegerField()
    found = models.PositiveIntegerField(default=0, help_text="already there, from elsewhere")
    held = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(needed__gte=F("found") + F("held")), name="line_never_pledged_twice"
            ),
            models.CheckConstraint(condition=Q(needed__gte=1), name="line_of_something"),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def left(self) -> int:
        """Euros that nobody has brought or pledged yet."""
        return self.needed - self.found - self.held


class KeyDate(models.Model):
    """A day that partners should know."""

    public_id = PublicIdField()
    room = models.ForeignKey(PrivateRoom, models.CASCADE, related_name="dates")
    day = models.DateField()
    what = models.CharField(max_length=200)

    class Meta:
        ordering = ["day", "id"]


class RoomFile(models.Model):
    """A file for partners, checked by what it contains and kept under a name of ours."""

    class Kind(models.TextChoices):
        PDF = "pdf", _("PDF")
        IMAGE = "jpg", _("picture")
        ODS = "ods", _("spreadsheet (ODS)")
        XLSX = "xlsx", _("spreadsheet (XLSX)")

    public_id = PublicIdField()
    room = models.ForeignKey(PrivateRoom, models.CASCADE, related_name="files")
    title = models.CharField(max_length=160)
    file = models.CharField(max_length=200)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    size = models.PositiveIntegerField(help_text="bytes")
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["added_at", "id"]

    def __str__(self) -> str:
        return self.title


class RoomLink(models.Model):
    """A secret link for one partner: read-only, until a day, kept as a hash only."""

    public_id = PublicIdField()
    room = models.ForeignKey(PrivateRoom, models.CASCADE, related_name="links")
    name = models.CharField(max_length=120, help_text="for whom it is, in the project's words")
    digest = models.CharField(max_length=64, unique=True)
    until = models.DateField(help_text="its last day")
    made_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-made_at", "-id"]

    def __str__(self) -> str:
        return self.name


class RoomOpening(models.Model):
    """That a secret link was opened, and when. Nothing is kept of who or with what."""

    link = models.ForeignKey(RoomLink, models.CASCADE, related_name="openings")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-id"]
