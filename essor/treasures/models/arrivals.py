"""The bringing in of a list of treasures by the worker, as its team follows it."""

from datetime import timedelta

from django.db import models
from django.utils.translation import pgettext_lazy

from essor.kit.ids import PublicIdField
from essor.kit.runs import StoppableRun, one_going
from essor.people.models import Person
from essor.treasures.models.lists import TreasureList


class Arrival(StoppableRun):
    """A list that comes in some lines at a time: how far it is, what came of its lines, how it ended.

    It stands apart from the list, whose lines are megabytes, so that a step writes one small row.
    ``done`` lines are kept in the same transaction as the treasures that they made: whoever takes
    the work up again after a worker that died goes on there. ``left`` names lines that stayed out.
    """

    class State(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("arrival", "waiting for a worker")
        RUNNING = "running", pgettext_lazy("arrival", "coming in")
        DONE = "done", pgettext_lazy("arrival", "brought in")
        STOPPED = "stopped", pgettext_lazy("arrival", "stopped")
        FAILED = "failed", pgettext_lazy("arrival", "failed")

    SILENT = timedelta(seconds=30)

    public_id = PublicIdField()
    many = models.ForeignKey(TreasureList, models.CASCADE, related_name="arrivals")
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    total = models.PositiveIntegerField(help_text="lines of the list")
    done = models.PositiveIntegerField(default=0, help_text="lines that were dealt with")
    counts = models.JSONField(default=dict, blank=True)
    left = models.JSONField(default=list, blank=True)
    asked_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["-asked_at", "-id"]
        constraints = [one_going("many", "arrival_one_going")]

    @property
    def percent(self) -> int:
        return 100 * self.done // max(self.total, 1)
