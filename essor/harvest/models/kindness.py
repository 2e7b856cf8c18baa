"""Moderation that stays kind: what was reported, what was decided, and the appeal."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from essor.harvest.models.gathering import Idea
from essor.kit.ids import PublicIdField
from essor.people.models import Person


class Report(models.Model):
    """Somebody asks the team to look at an idea; the decision has a reason and can be appealed."""

    class Reason(models.TextChoices):
        HURTS = "hurts", _("it hurts somebody")
        NAMES = "names", _("it names somebody who did not ask for it")
        ADVERT = "advert", _("it is an advertisement")
        OTHER = "other", _("something else")

    class State(models.TextChoices):
        OPEN = "open", _("to be looked at")
        KEPT = "kept", _("the idea stays")
        HIDDEN = "hidden", _("the idea is hidden")
        APPEALED = "appealed", _("appealed")

    public_id = PublicIdField()
    idea = models.ForeignKey(Idea, models.CASCADE, related_name="reports")
    reason = models.CharField(max_length=10, choices=Reason.choices)
    words = models.CharField(max_length=500, blank=True)
    person = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="idea_reports"
    )
    device = models.CharField(max_length=32, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    decision = models.CharField(max_length=500, blank=True)
    appeal = models.CharField(max_length=1000, blank=True, help_text="the author's words")
    at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-at", "-id"]
