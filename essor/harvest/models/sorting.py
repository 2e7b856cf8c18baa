"""Sorting: groups of ideas, where each idea lies, what was moved by whom, and proposals."""

from datetime import timedelta
from typing import Any

from django.db import models
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from essor.harvest.models.gathering import Harvest, Idea
from essor.kit.ids import PublicIdField
from essor.kit.runs import Run, one_going
from essor.people.models import Person


class Group(models.Model):
    """Ideas that lie together on the sorting table. A merged group leads to the one it went into.

    ``order`` is also its number, which people say aloud: it is given once and never again in this
    harvest. ``version`` counts changes of the group itself, not of what lies in it.
    """

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
    removed = models.BooleanField(default=False, help_text="taken off the table")
    version = models.PositiveIntegerField(default=0, help_text="counts changes; finds stale ones")
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["order", "id"]
        indexes = [models.Index(fields=["harvest", "order"], name="group_board")]

    def __str__(self) -> str:
        return self.name or gettext("Group %(number)s") % {"number": self.order}

    @property
    def on_table(self) -> bool:
        return self.merged_into_id is None and not self.removed


class Placing(models.Model):
    """Where one idea lies: in a group, or (without one) among those not sorted yet.

    ``order`` grows with each move: what was laid down last lies on top.
    """

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
    """One move on the sorting table, with what is needed to take it back.

    ``before`` and ``after`` hold the same keys: ``ideas`` (public id of the idea to the public id
    of its group, blank for none, and whether by hand) and ``groups`` (public id to changed fields).
    ``after`` may also say what the mover must hear: ``over`` (idea to the move that it overtook),
    ``left`` (how many ideas stayed where somebody put them since), ``gone``.
    """

    class Kind(models.TextChoices):
        """What it was; people read it in the words of ``essor.harvest.sorting.words``."""

        PLACE = "place"
        OPEN = "open"
        MERGE = "merge"
        NAME = "name"
        LOCK = "lock"
        UNLOCK = "unlock"
        PARK = "park"
        UNPARK = "unpark"
        REMOVE = "remove"
        PROPOSAL = "proposal"
        UNDO = "undo"

    public_id = PublicIdField()
    harvest = models.ForeignKey(Harvest, models.CASCADE, related_name="moves")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    undoes = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="undoings"
    )
    by = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="sorting_moves"
    )
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["harvest", "-id"], name="move_harvest")]

    @property
    def ideas(self) -> dict[str, list[Any]]:
        """Where each idea that moved lies after this move."""
        places: dict[str, list[Any]] = self.after.get("ideas", {})
        return places

    @property
    def groups(self) -> dict[str, dict[str, Any]]:
        """What changed of each group, after this move."""
        changes: dict[str, dict[str, Any]] = self.after.get("groups", {})
        return changes


class Hand(models.Model):
    """Who is at the sorting table now, holding what. Overwritten, and gone soon after they leave.

    ``holds`` is the public id of an idea or of a group; blank for somebody who only looks.
    """

    harvest = models.ForeignKey(Harvest, models.CASCADE, related_name="hands")
    person = models.ForeignKey(Person, models.CASCADE, related_name="hands")
    holds = models.CharField(max_length=16, blank=True)
    seen_at = models.DateTimeField()

    class Meta:
        ordering = ["person_id", "id"]
        constraints = [
            models.UniqueConstraint(fields=["harvest", "person"], name="hand_once_a_person")
        ]


class GroupingRun(Run):
    """One computed proposal of groups, with its progress.

    ``light``: only the ideas not sorted yet find a place. ``summary`` is what was found (see
    ``essor.harvest.proposing``) and what was decided on each of its groups.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        RUNNING = "running", pgettext_lazy("grouping", "running")
        DONE = "done", pgettext_lazy("grouping", "done")
        FAILED = "failed", pgettext_lazy("grouping", "failed")

    SILENT = timedelta(seconds=120)

    public_id = PublicIdField()
    harvest = models.ForeignKey(Harvest, models.CASCADE, related_name="grouping_runs")
    wanted = models.PositiveSmallIntegerField(null=True, blank=True, help_text="how many groups")
    light = models.BooleanField(default=False, help_text="sort the new ones in")
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    progress = models.FloatField(default=0, help_text="share done, 0 to 1")
    summary = models.JSONField(default=dict, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True, help_text="everything was decided")
    asked_by = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="grouping_runs"
    )

    class Meta:
        ordering = ["-asked_at", "-id"]
        constraints = [one_going("harvest", "grouping_one_going")]

    @property
    def percent(self) -> int:
        return round(100 * self.progress)
