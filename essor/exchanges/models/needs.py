"""Needs: what a project looks for, how much of it, and how much is promised already."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from essor.kit.ids import PublicIdField
from essor.people.models import Person
from essor.projects.models import Project
from essor.territories.models import Territory


class Need(models.Model):
    """Something a project looks for. Answers are commitments, and add up in ``held``.

    ``held`` counts the units of commitments that are promised, taken up, kept or thanked. It changes
    only together with them, under a lock; the database refuses more than ``quantity``.
    """

    class Kind(models.TextChoices):
        SKILL = "skill", _("skill")
        PEOPLE = "people", _("people")
        PREMISES = "premises", _("premises")
        EQUIPMENT = "equipment", _("equipment")
        MATERIAL = "material", _("material")
        MONEY = "money", _("money")
        PARTNER = "partner", _("partner")
        CUSTOMERS = "customers", _("first customers")

    class Ending(models.TextChoices):
        FOUND = "found", _("found")
        DROPPED = "dropped", _("no longer needed")

    public_id = PublicIdField()
    territory = models.ForeignKey(Territory, models.CASCADE, related_name="needs")
    project = models.ForeignKey(Project, models.CASCADE, related_name="needs")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    title = models.CharField(max_length=160)
    details = models.TextField(blank=True)
    quantity = models.PositiveIntegerField(
        null=True, blank=True, help_text="blank: as much as there is"
    )
    unit = models.CharField(max_length=40, blank=True)
    place = models.CharField(max_length=120, blank=True)
    until = models.DateField(null=True, blank=True)
    condition = models.CharField(max_length=300, blank=True)
    held = models.PositiveIntegerField(default=0)
    ending = models.CharField(max_length=10, choices=Ending.choices, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    matched = models.CharField(
        max_length=64, blank=True, help_text="digest of the words that offers were compared with"
    )
    written_by = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="needs_written"
    )
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["-created_at", "-id"]
        indexes = [models.Index(fields=["territory", "kind", "-created_at"], name="need_list")]
        constraints = [
            models.CheckConstraint(
                condition=Q(quantity__isnull=True) | Q(held__lte=F("quantity")),
                name="need_never_promised_twice",
            ),
            models.CheckConstraint(
                condition=Q(quantity__isnull=True) | Q(quantity__gte=1), name="need_of_something"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def left(self) -> int | None:
        """Units that nobody has promised yet; None where there is no end to them."""
        return None if self.quantity is None else self.quantity - self.held

    @property
    def is_met(self) -> bool:
        return self.ending == self.Ending.FOUND or self.left == 0

    @property
    def is_open(self) -> bool:
        """Whether it may be answered now; its project must have been fetched."""
        return not self.ending and self.left != 0 and self.project_helps

    @property
    def project_helps(self) -> bool:
        project = self.project
        return project.published_at is not None and project.condition == Project.Condition.AWAKE

    @property
    def is_counted(self) -> bool:
        """Whether its units are worth a number on the screen: not so for the one workshop."""
        return self.quantity != 1 or bool(self.unit)
