"""Votes: what is chosen from, how many places there are, and ballots that nobody can read."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from essor.kit.ids import PublicIdField
from essor.territories.models import Territory


class Vote(models.Model):
    """People choose among challenges or projects when there are too many for the places.

    ``result`` and ``file`` are written at the closing, from ballots that go in that moment.
    """

    class Kind(models.TextChoices):
        CHALLENGES = "challenge", _("challenges")
        PROJECTS = "project", _("projects")

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("vote", "open")
        CLOSED = "closed", pgettext_lazy("vote", "closed")

    public_id = PublicIdField()
    territory = models.ForeignKey(Territory, models.CASCADE, related_name="votes")
    title = models.CharField(max_length=120)
    words = models.CharField(max_length=400, blank=True, help_text="what is chosen, and why")
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.CHALLENGES)
    places = models.PositiveSmallIntegerField(help_text="how many are chosen")
    bold_places = models.PositiveSmallIntegerField(
        default=0, help_text="of them, for what few people carry with passion"
    )
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    result = models.JSONField(default=dict, blank=True)
    file = models.TextField(blank=True, help_text="the ballots without names, in Pabulib's format")
    closed_at = models.DateTimeField(null=True, blank=True)
    invented = models.BooleanField(default=False, help_text="made up for a demonstration")
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["-created_at", "-id"]
        indexes = [models.Index(fields=["territory", "state"], name="vote_board")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(bold_places__lte=models.F("places")), name="vote_bold_fits"
            )
        ]

    def __str__(self) -> str:
        return self.title


class VoteOption(models.Model):
    """One challenge or project that may be chosen, named as it was when the vote began."""

    vote = models.ForeignKey(Vote, models.CASCADE, related_name="options")
    key = models.CharField(max_length=16, help_text="public id of the challenge or project")
    name = models.CharField(max_length=300)
    words = models.CharField(max_length=400, blank=True)
    times_shown = models.PositiveIntegerField(default=0, help_text="to anybody, so far")
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "id"]
        constraints = [models.UniqueConstraint(fields=["vote", "key"], name="vote_option_once")]

    def __str__(self) -> str:
        return self.name


class Ballot(models.Model):
    """What one voter chose so far; gone when the vote closes.

    ``voter`` is a digest that only this installation can make again from the person or the
    device, to find the ballot while it may be changed; no row leads from it to anybody.
    """

    vote = models.ForeignKey(Vote, models.CASCADE, related_name="ballots")
    voter = models.CharField(max_length=64)
    seen = models.JSONField(default=list, help_text="keys of options, in the order shown")
    waiting = models.JSONField(default=list, help_text="of them, those not answered yet")
    approved = models.JSONField(default=list)
    energy = models.CharField(max_length=16, blank=True)
    cast_at = models.DateTimeField(null=True, blank=True, help_text="blank: begun, not answered")

    class Meta:
        ordering = ["voter"]
        constraints = [models.UniqueConstraint(fields=["vote", "voter"], name="ballot_once")]
