"""The state of play: what a territory asks the projects of a cohort, and what each answers, twice."""

import json
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from essor.kit.ids import PublicIdField
from essor.people.models import Person
from essor.projects.models import Project
from essor.support.models.cohorts import Cohort
from essor.territories.models import Territory


class PlayQuestion(models.Model):
    """A question as one territory asks it. Blank words are the house's, in the reader's language."""

    class Kind(models.TextChoices):
        STEPS = "steps", _("one step of a ladder")
        SEVERAL = "several", _("several of a list")
        NUMBER = "number", _("a number")
        TEXT = "text", _("a few sentences")

    territory = models.ForeignKey(Territory, models.CASCADE, related_name="play_questions")
    key = models.SlugField(max_length=20)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    place = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=40, blank=True, help_text="short, for tables")
    label = models.CharField(max_length=200, blank=True)
    options = models.JSONField(default=list, blank=True, help_text="from least to most")
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["place", "id"]
        constraints = [
            models.UniqueConstraint(fields=["territory", "key"], name="play_question_once")
        ]

    def __str__(self) -> str:
        return self.label or self.key


class StateOfPlay(models.Model):
    """What a cohort's projects are asked when it opens, and in the same words when it ends."""

    public_id = PublicIdField()
    cohort = models.OneToOneField(Cohort, models.CASCADE, related_name="state_of_play")
    questions = models.JSONField(help_text="as they were asked; blank words are the house's")
    opened_at = models.DateTimeField()
    again_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-opened_at", "-id"]


class Standing(models.Model):
    """Where one project stands at one of the two moments: its answers by question, perhaps a draft."""

    class Moment(models.TextChoices):
        OPENING = "opening", _("at the opening")
        END = "end", _("at the end")

    public_id = PublicIdField()
    play = models.ForeignKey(StateOfPlay, models.CASCADE, related_name="standings")
    project = models.ForeignKey(Project, models.CASCADE, related_name="standings")
    moment = models.CharField(max_length=10, choices=Moment.choices)
    written = models.TextField(default="{}", help_text="answers by question, as JSON")
    version = models.PositiveIntegerField(default=0, help_text="rises with each writing")
    asked_at = models.DateTimeField()
    saved_at = models.DateTimeField(null=True, blank=True)
    handed_in_at = models.DateTimeField(null=True, blank=True)
    written_by = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="standings"
    )
    reminded = models.PositiveSmallIntegerField(default=0, help_text="days of the last reminder")
    reminded_in = models.DateField(
        null=True, blank=True, help_text="the round of the week that brought it"
    )
    recalled_at = models.DateTimeField(help_text="when its leaders last heard of it")

    class Meta:
        ordering = ["asked_at", "id"]
        indexes = [
            models.Index(
                fields=["asked_at"], condition=Q(handed_in_at=None), name="standing_waiting"
            )
        ]
        constraints = [
            models.UniqueConstraint(fields=["play", "project", "moment"], name="standing_once")
        ]

    @property
    def answers(self) -> dict[str, Any]:
        """By question: a step or several (from 0 on), a number, or words."""
        found: dict[str, Any] = json.loads(self.written)
        return found

    @answers.setter
    def answers(self, answers: dict[str, Any]) -> None:
        # Letters stay letters, so that an erased name is found in them.
        self.written = json.dumps(answers, ensure_ascii=False)
