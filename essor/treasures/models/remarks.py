"""What others say of a treasure: that it is still so, or what is to be corrected."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from essor.kit.ids import PublicIdField
from essor.people.models import Person
from essor.treasures.models.treasure import Treasure


class Confirmation(models.Model):
    """Somebody says that a treasure is as described, and perhaps what it served for."""

    treasure = models.ForeignKey(Treasure, models.CASCADE, related_name="confirmations")
    person = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="confirmed_treasures"
    )
    device = models.CharField(max_length=32, blank=True)
    served_for = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-id"]


class Correction(models.Model):
    """Somebody says what is wrong with a treasure; the team settles it, with a reason.

    ``changes`` are the proposed values by field; ``before`` what they replaced, once taken up.
    """

    class Reason(models.TextChoices):
        WRONG = "wrong", _("something in it is wrong")
        GONE = "gone", _("it is no longer there")
        NAMES = "names", _("it names somebody who did not ask for it")
        ADVERT = "advert", _("it is an advertisement")
        OTHER = "other", _("something else")
        APPEAL = "appeal", _("its keeper does not agree that it is hidden")

    class State(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("correction", "to be looked at")
        TAKEN = "taken", pgettext_lazy("correction", "taken up")
        HIDDEN = "hidden", pgettext_lazy("correction", "the treasure is hidden")
        DECLINED = "declined", pgettext_lazy("correction", "the treasure stays as it is")

    public_id = PublicIdField()
    treasure = models.ForeignKey(Treasure, models.CASCADE, related_name="corrections")
    reason = models.CharField(max_length=10, choices=Reason.choices)
    words = models.CharField(max_length=500, blank=True)
    changes = models.JSONField(default=dict, blank=True)
    before = models.JSONField(default=dict, blank=True)
    person = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="treasure_corrections"
    )
    device = models.CharField(max_length=32, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    answer = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="settled_corrections"
    )

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["treasure", "state"], name="correction_waiting")]
