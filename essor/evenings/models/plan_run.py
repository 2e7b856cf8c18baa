"""The computing of a plan, as its hosts follow it, and what hosts fix beforehand."""

from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from essor.challenges.models import Challenge
from essor.evenings.models.evening import Evening
from essor.evenings.models.registration import Registration
from essor.evenings.models.table import Plan
from essor.kit.ids import PublicIdField
from essor.kit.runs import StoppableRun, one_going
from essor.people.models import Person


class PlanRun(StoppableRun):
    """One computation of a plan by the worker: how far it is, the best plan so far, how it ended.

    ``document`` is the best legal plan met so far, so that nothing is lost when a worker dies.
    ``refusals`` are the engine's reasons (code, numbers, remedies) why no legal plan exists.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting for a worker")
        RUNNING = "running", _("computing")
        DONE = "done", _("done")
        CANCELLED = "cancelled", _("stopped")
        REFUSED = "refused", _("no plan possible")
        FAILED = "failed", _("failed")

    SILENT = timedelta(seconds=20)

    public_id = PublicIdField()
    evening = models.ForeignKey(Evening, models.CASCADE, related_name="plan_runs")
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    seed = models.PositiveIntegerField(default=1)
    seconds = models.FloatField(help_text="time asked for")
    steps = models.PositiveBigIntegerField(default=0, help_text="steps done")
    progress = models.FloatField(default=0, help_text="share done, 0 to 1")
    change = models.JSONField(default=dict, blank=True, help_text="what its plan will say it is")
    best_cost = models.FloatField(null=True, blank=True)
    asks = models.JSONField(default=dict, blank=True)
    document = models.JSONField(null=True, blank=True)
    refusals = models.JSONField(default=list, blank=True)
    start = models.ForeignKey(
        Plan, models.SET_NULL, null=True, blank=True, related_name="+", help_text="plan to improve"
    )
    plan = models.ForeignKey(Plan, models.SET_NULL, null=True, blank=True, related_name="+")
    asked_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["-asked_at", "-id"]
        constraints = [one_going("evening", "plan_run_one_going")]

    @property
    def percent(self) -> int:
        return round(100 * self.progress)


class Pin(models.Model):
    """A host keeps somebody for a table or a challenge; every plan computed from then on obeys."""

    registration = models.OneToOneField(Registration, models.CASCADE, related_name="pin")
    table_number = models.PositiveSmallIntegerField(null=True, blank=True)
    challenge = models.ForeignKey(
        Challenge, models.CASCADE, null=True, blank=True, related_name="+"
    )
    made_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(table_number__isnull=False) | models.Q(challenge__isnull=False),
                name="pin_somewhere",
            )
        ]
