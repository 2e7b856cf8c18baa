"""Fates: what became of each idea, and the day by which it is owed."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from essor.harvest.models.gathering import Idea
from essor.kit.ids import PublicIdField
from essor.people.models import Person


class Fate(models.Model):
    """What became of an idea. The current one has no ``replaced_at``; earlier ones stay as its trail.

    ``target_type`` and ``target_id`` name the challenge or project by its public id: rooms above
    tell this one, never the other way round.
    """

    class Kind(models.TextChoices):
        AWAITED = "awaited", _("awaited")
        CHALLENGE = "challenge", _("fed a challenge")
        PROJECT = "project", _("became a project")
        LATER = "later", _("kept for later")
        MERGED = "merged", _("joined another idea")
        DECLINED = "declined", _("not this time")

    public_id = PublicIdField()
    idea = models.ForeignKey(Idea, models.CASCADE, related_name="fates")
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.AWAITED)
    due_on = models.DateField(null=True, blank=True)
    why = models.TextField(blank=True, help_text="in words for the author")
    target_type = models.CharField(max_length=20, blank=True)
    target_id = models.CharField(max_length=16, blank=True)
    merged_into = models.ForeignKey(
        Idea, models.SET_NULL, null=True, blank=True, related_name="absorbed"
    )
    decided_by = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="decided_fates"
    )
    decided_at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True, blank=True)
    told_at = models.DateTimeField(null=True, blank=True, help_text="when the authors were told")

    class Meta:
        ordering = ["-decided_at", "-id"]
        indexes = [
            models.Index(fields=["kind", "due_on"], name="fate_due"),
            models.Index(fields=["target_type", "target_id"], name="fate_target"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["idea"], condition=models.Q(replaced_at=None), name="fate_one_current"
            )
        ]

    def __str__(self) -> str:
        return self.get_kind_display()

    @property
    def settled(self) -> bool:
        """Something became of the idea: it does not wait."""
        return self.kind != self.Kind.AWAITED


class Telling(models.Model):
    """One person was told of one fate, in a digest: never twice."""

    fate = models.ForeignKey(Fate, models.CASCADE, related_name="tellings")
    person = models.ForeignKey(Person, models.CASCADE, related_name="fate_tellings")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]
        constraints = [models.UniqueConstraint(fields=["fate", "person"], name="told_once")]
