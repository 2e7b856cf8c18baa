"""Cohorts: projects supported together for some months, up to their take-off evening."""

from datetime import date

from django.db import models
from django.db.models import F, Q

from essor.kit.ids import PublicIdField
from essor.people.models import Person
from essor.projects.models import Project
from essor.territories.models import Territory, Theme


class Cohort(models.Model):
    """Projects supported together. With ``open_track`` it takes projects of other themes too."""

    public_id = PublicIdField()
    territory = models.ForeignKey(Territory, models.CASCADE, related_name="cohorts")
    name = models.CharField(max_length=120)
    offers = models.CharField(max_length=600, blank=True, help_text="what its projects receive")
    starts_on = models.DateField()
    ends_on = models.DateField()
    themes = models.ManyToManyField(Theme, blank=True)
    open_track = models.BooleanField(default=True)
    takeoff_on = models.DateField(null=True, blank=True)
    takeoff_place = models.CharField(max_length=160, blank=True)
    opening_told = models.BooleanField(default=False)
    takeoff_told = models.DateField(null=True, blank=True, help_text="the day told as near")
    end_told = models.BooleanField(default=False)
    invented = models.BooleanField(default=False, help_text="made up for a demonstration")
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["-starts_on", "-id"]
        indexes = [models.Index(fields=["territory", "-starts_on"], name="cohort_list")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="cohort_ends_after_it_starts"
            )
        ]

    def __str__(self) -> str:
        return self.name

    def is_under_way(self, today: date) -> bool:
        return self.starts_on <= today <= self.ends_on


class CohortPlace(models.Model):
    """A project's place in a cohort: who took it in, when and why; and out of it, once."""

    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="places")
    project = models.ForeignKey(Project, models.CASCADE, related_name="cohort_places")
    since = models.DateTimeField()
    taken_in_by = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    why = models.CharField(max_length=400)
    until = models.DateTimeField(null=True, blank=True)
    taken_out_by = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    why_out = models.CharField(max_length=400, blank=True)

    class Meta:
        ordering = ["since", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["cohort", "project"], condition=Q(until=None), name="cohort_place_once"
            )
        ]
