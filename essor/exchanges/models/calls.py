"""Calls: a human of the team spoke with whoever promised something."""

from django.db import models

from essor.exchanges.models.commitments import Commitment
from essor.people.models import Person


class Call(models.Model):
    """That somebody of the team called: on which day, what came of it, when to call again."""

    commitment = models.ForeignKey(Commitment, models.CASCADE, related_name="calls")
    by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    on = models.DateField()
    words = models.CharField(max_length=400, help_text="what came of it, for the team alone")
    again_on = models.DateField(null=True, blank=True)
    at = models.DateTimeField(help_text="when it was noted")

    class Meta:
        ordering = ["-on", "-id"]
        indexes = [models.Index(fields=["commitment", "-on"], name="call_latest")]
