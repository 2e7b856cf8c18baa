"""Recommendations: what somebody who knows advises a project, and what the project answers."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from essor.kit.ids import PublicIdField
from essor.people.models import Person
from essor.projects.models import Project
from essor.territories.models import Territory


class Recommendation(models.Model):
    """One piece of advice. ``answer`` is the project's latest; all are kept as ``Reply``."""

    class Voice(models.TextChoices):
        MENTOR = "mentor", _("the mentor")
        COMMITTEE = "committee", _("the committee")
        HOST = "host", _("the host team")

    class Answer(models.TextChoices):
        NONE = "none", _("no answer yet")
        DOING = "doing", _("we are doing it")
        BLOCKED = "blocked", _("blocked")
        DONE = "done", _("done")
        NOT_FOR_US = "not_for_us", _("not for us")
        ALREADY = "already", _("already done before")

    public_id = PublicIdField()
    territory = models.ForeignKey(Territory, models.CASCADE, related_name="recommendations")
    project = models.ForeignKey(Project, models.CASCADE, related_name="recommendations")
    what = models.CharField(max_length=200)
    details = models.TextField(blank=True)
    until = models.DateField(null=True, blank=True)
    voice = models.CharField(max_length=10, choices=Voice.choices)
    written_by = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="recommendations"
    )
    answer = models.CharField(max_length=10, choices=Answer.choices, default=Answer.NONE)
    answered_at = models.DateTimeField(null=True, blank=True)
    reminded = models.PositiveSmallIntegerField(default=0, help_text="days of the last reminder")
    reminded_in = models.DateField(
        null=True, blank=True, help_text="the round of the week that brought it"
    )
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["-created_at", "-id"]
        indexes = [
            models.Index(fields=["territory", "answer", "created_at"], name="recommendation_desk")
        ]

    def __str__(self) -> str:
        return self.what


class Reply(models.Model):
    """One answer of a project to a recommendation, with its words, kept as it was given."""

    recommendation = models.ForeignKey(Recommendation, models.CASCADE, related_name="replies")
    answer = models.CharField(max_length=10, choices=Recommendation.Answer.choices)
    words = models.CharField(max_length=600, blank=True)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]
