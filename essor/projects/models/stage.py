"""The stages of a territory's projects, as data, and each move along them."""

from django.db import models

from essor.people.models import Person
from essor.projects.models.project import Project
from essor.territories.models import Territory


class TerritoryStage(models.Model):
    """A stage as one territory has it. Blank words are the house's own, in the reader's language.

    Stages at the same ``place`` are alternatives: a project goes through one of them. ``like`` says
    which stage of the house it compares with, so that paces and boards mean the same everywhere.
    """

    territory = models.ForeignKey(Territory, models.CASCADE, related_name="stages")
    key = models.SlugField(max_length=20)
    like = models.CharField(max_length=20, choices=Project.Stage.choices)
    place = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=40, blank=True)
    why = models.CharField(max_length=400, blank=True)
    actions = models.JSONField(default=list, blank=True, help_text="three next actions")
    helpers = models.CharField(max_length=400, blank=True)
    proof = models.CharField(max_length=400, blank=True)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["place", "id"]
        constraints = [
            models.UniqueConstraint(fields=["territory", "key"], name="stage_once_a_territory")
        ]

    def __str__(self) -> str:
        return self.name or self.key


class StageChange(models.Model):
    """A move of a project along its stages: who, when, why."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="stage_changes")
    stage = models.CharField(max_length=20)
    condition = models.CharField(max_length=10, choices=Project.Condition.choices)
    why = models.TextField(blank=True)
    proof = models.TextField(blank=True, help_text="what shows that the project is ready for it")
    into = models.ForeignKey(Project, models.SET_NULL, null=True, blank=True, related_name="+")
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-id"]
