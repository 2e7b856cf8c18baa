"""Sorting: groups of ideas, where each idea lies, what was moved by whom, and proposals."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from essor.harvest.models.gathering import Harvest, Idea
from essor.kit.ids import PublicIdField
from essor.people.models import Person


class Group(models.Model):
    """Ideas that lie together on the sorting table. A merged group leads to the one it went into."""

    public_id = PublicIdField()
    harvest = models.ForeignKey(Harvest, models.CASCADE, related_name="groups")
    name = models.CharField(max_length=120, blank=True)
    named_by_hand = models.BooleanField(default=False)
    locked = models.BooleanField(default=False, help_text="no proposal changes it")
    parked = models.BooleanField(default=False, help_text="set aside for later")
    order = models.PositiveIntegerField(default=0)
    reasons = models.JSONField(default=list, blank=True, help_text="why these lie together")
    certainty = models.FloatField(null=True, blank=True, help_text="0 to 1, of the proposal")
    merged_into = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="absorbed"
    )
    version = models.PositiveIntegerField(default=0, help_text="counts changes; finds stale ones")
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["order", "id"]
        indexes = [models.Index(fields=["harvest", "order"], name="group_board")]

    def __str__(self) -> str:
        return self.name or self.public_id


class Placing(models.Model):
    """Where one idea lies: in a group, or (without one) among those not sorted yet."""

    idea = models.OneToOneField(Idea, models.CASCADE, related_name="placing")
    group = models.ForeignKey(
        Group, models.SET_NULL, null=True, blank=True, related_name="placings"
    )
    order = models.PositiveIntegerField(default=0)
    by_hand = models.BooleanField(default=False, help_text="somebody put it there")
    moved_by = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="moved_ideas"
    )
    moved_at = models.DateTimeField()

    class Meta:
        ordering = ["order", "id"]


class SortingMove(models.Model):
    """One move on the sorting table, with what is needed to take it back."""

    public_id = PublicIdField()
    harvest = models.ForeignKey(Harvest, models.CASCADE, related_name="moves")
    kind = models.CharField(max_length=20)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    by = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="sorting_moves"
    )
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["harvest", "-id"], name="move_harvest")]


class GroupingRun(models.Model):
    """One computed proposal of groups, with its progress."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        RUNNING = "running", pgettext_lazy("grouping", "running")
        DONE = "done", pgettext_lazy("grouping", "done")
        FAILED = "failed", pgettext_lazy("grouping", "failed")

    public_id = PublicIdField()
    harvest = models.ForeignKey(Harvest, models.CASCADE, related_name="grouping_runs")
    wanted = models.PositiveSmallIntegerField(null=True, blank=True, help_text="how many groups")
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    summary = models.JSONField(default=dict, blank=True)
    asked_by = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="grouping_runs"
    )
    asked_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-asked_at", "-id"]
