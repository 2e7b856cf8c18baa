"""Committees: who sits, what they read, who stands aside, what is decided and why."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from essor.kit.ids import PublicIdField
from essor.people.models import Person
from essor.projects.models import Project
from essor.territories.models import Territory


class Committee(models.Model):
    """A hearing on one day; its members are named for it."""

    public_id = PublicIdField()
    territory = models.ForeignKey(Territory, models.CASCADE, related_name="committees")
    name = models.CharField(max_length=120)
    on = models.DateField()
    place = models.CharField(max_length=160, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["-on", "-id"]
        indexes = [models.Index(fields=["territory", "-on"], name="committee_list")]

    def __str__(self) -> str:
        return self.name


class CommitteeMember(models.Model):
    """Somebody named for one hearing: of the team, or invited with a personal link."""

    public_id = PublicIdField()
    committee = models.ForeignKey(Committee, models.CASCADE, related_name="members")
    person = models.ForeignKey(Person, models.CASCADE, related_name="committee_seats")
    comes_from = models.CharField(max_length=120, blank=True, help_text="bank, town hall, trade")
    named_at = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True, blank=True)
    left_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["named_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["committee", "person"], condition=Q(left_at=None), name="member_once"
            )
        ]

    def __str__(self) -> str:
        return self.person.name


class ProjectFile(models.Model):
    """A project before a committee, as it was when it was put there; and what was decided."""

    class Decision(models.TextChoices):
        NONE = "none", _("not decided yet")
        GO = "go", _("go")
        NO_GO = "no_go", _("no-go")
        SLEEP = "sleep", _("sleep")

    public_id = PublicIdField()
    committee = models.ForeignKey(Committee, models.CASCADE, related_name="files")
    project = models.ForeignKey(Project, models.CASCADE, related_name="files")
    frozen = models.TextField(help_text="the project as JSON, as it was then")
    frozen_at = models.DateTimeField()
    seen = models.PositiveBigIntegerField(default=0, help_text="the project's last move then")
    decision = models.CharField(max_length=10, choices=Decision.choices, default=Decision.NONE)
    reasons = models.TextField(blank=True, help_text="for the project and the hosts")
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["frozen_at", "id"]
        constraints = [models.UniqueConstraint(fields=["committee", "project"], name="file_once")]


class Voice(models.Model):
    """What a member said of one file: first whether they have an interest in it, then what they
    think. Whoever has one stands aside, and says which."""

    class Kind(models.TextChoices):
        FREE = "free", _("no interest in it, no voice yet")
        GO = "go", _("go")
        NO_GO = "no_go", _("no-go")
        SLEEP = "sleep", _("sleep")
        ASIDE = "aside", _("stands aside")

    file = models.ForeignKey(ProjectFile, models.CASCADE, related_name="voices")
    person = models.ForeignKey(Person, models.CASCADE, related_name="committee_voices")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    words = models.CharField(max_length=600, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]
        constraints = [models.UniqueConstraint(fields=["file", "person"], name="voice_once")]
