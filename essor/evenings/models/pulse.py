"""The pulse: two questions on confidence, before and after, kept as sums and never as answers."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from essor.evenings.models.evening import Evening


class Pulse(models.Model):
    """How many people gave each answer at one moment of an evening. Nobody's answer has a row.

    ``told`` and ``waiting`` hold, for each question's key, how many chose each step of the scale.
    Answers wait until there are enough of them to hide each other; only ``told`` is ever shown.
    """

    class Moment(models.TextChoices):
        BEFORE = "before", pgettext_lazy("pulse", "before")
        AFTER = "after", pgettext_lazy("pulse", "after")

    evening = models.ForeignKey(Evening, models.CASCADE, related_name="pulses")
    moment = models.CharField(max_length=8, choices=Moment.choices)
    told = models.JSONField(default=dict)
    waiting = models.JSONField(default=dict)

    class Meta:
        ordering = ["evening", "-moment", "id"]
        constraints = [models.UniqueConstraint(fields=["evening", "moment"], name="pulse_once")]

    def __str__(self) -> str:
        return str(_("pulse"))


class PulseMark(models.Model):
    """A device answered once: a keyed digest, from which nothing leads to it or to what it said."""

    evening = models.ForeignKey(Evening, models.CASCADE, related_name="pulse_marks")
    mark = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ["mark"]
