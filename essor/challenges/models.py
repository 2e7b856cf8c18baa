"""Worded questions, their tracks and neighbours."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from essor.kit.ids import PublicIdField
from essor.people.models import Person
from essor.territories.models import Territory, Theme


class Challenge(models.Model):
    """A worded question ("Comment ... ?") that people choose to work on."""

    class Track(models.TextChoices):
        IMAGINE = "imagine", _("to imagine")
        BOOST = "boost", _("to boost")

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        OPEN = "open", _("open")
        CLOSED = "closed", _("closed")

    public_id = PublicIdField()
    territory = models.ForeignKey(Territory, models.CASCADE, related_name="challenges")
    question = models.CharField(max_length=300)
    short = models.CharField(max_length=60, help_text="two or three words, for tables and badges")
    context = models.TextField(blank=True)
    track = models.CharField(max_length=10, choices=Track.choices, default=Track.IMAGINE)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    themes = models.ManyToManyField(Theme, blank=True)
    neighbours = models.ManyToManyField("self", blank=True, symmetrical=True)
    hosts = models.ManyToManyField(Person, blank=True, related_name="boosted_challenges")
    capacity = models.PositiveSmallIntegerField(null=True, blank=True)
    checks = models.JSONField(default=list, blank=True, help_text="codes of essor.challenges.lot")
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    as_listed = models.CharField(max_length=80, blank=True, help_text="what the source calls it")
    invented = models.BooleanField(default=False, help_text="made up for a demonstration")
    method = models.CharField(max_length=60, blank=True)
    sources = models.JSONField(default=list, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["-created_at", "id"]
        verbose_name = _("challenge")
        indexes = [models.Index(fields=["territory", "state"], name="challenge_board")]

    def __str__(self) -> str:
        return self.short
