"""Worded questions, the ideas that feed them, and what looks close to them elsewhere."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from essor.harvest.models import Idea
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
    merged_into = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="absorbed"
    )
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["-created_at", "id"]
        verbose_name = _("challenge")
        indexes = [models.Index(fields=["territory", "state"], name="challenge_board")]

    def __str__(self) -> str:
        return self.short


class Feeding(models.Model):
    """One idea feeds a challenge. It is never deleted: a merge or split ends it and begins another."""

    challenge = models.ForeignKey(Challenge, models.CASCADE, related_name="feedings")
    idea = models.ForeignKey(Idea, models.CASCADE, related_name="feedings")
    group = models.CharField(max_length=120, blank=True, help_text="what its group was called")
    via = models.ForeignKey(
        Challenge,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text="the challenge that it fed before, which was merged or split",
    )
    by = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="challenge_feedings"
    )
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["at", "id"]
        verbose_name = _("provenance")
        constraints = [
            models.UniqueConstraint(
                fields=["challenge", "idea"],
                condition=models.Q(ended_at=None),
                name="feeding_once",
            )
        ]


class Echo(models.Model):
    """Somebody's work that looks close to a challenge, with what the team did about it.

    ``kind`` and ``work`` name it by its public id; rooms above say what it is (``nearby.py``).
    """

    challenge = models.ForeignKey(Challenge, models.CASCADE, related_name="echoes")
    kind = models.CharField(max_length=20)
    work = models.CharField(max_length=16)
    reason = models.JSONField(default=dict, help_text="why it looked close, when it was noted")
    note = models.CharField(max_length=500, blank=True, help_text="what the team did about it")
    shown = models.BooleanField(default=False, help_text="stands on the public page")
    by = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="challenge_echoes"
    )
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]
        constraints = [models.UniqueConstraint(fields=["challenge", "work"], name="echo_once")]
