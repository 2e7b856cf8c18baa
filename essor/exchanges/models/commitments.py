"""Commitments: who promises what, for which project, until when; kept, released, thanked."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from essor.exchanges.models.needs import Need
from essor.kit.ids import PublicIdField
from essor.people.models import Person
from essor.projects.models import Project
from essor.territories.models import Territory


class Commitment(models.Model):
    """A promise with a life. To a project, or (without one) to the territory."""

    class Kind(models.TextChoices):
        SKILL = "skill", _("a skill")
        RESOURCE = "resource", _("a resource")
        ENERGY = "energy", _("energy")
        MONEY = "money", _("a pledge of money")

    class State(models.TextChoices):
        PROMISED = "promised", _("promised")
        ACCEPTED = "accepted", _("accepted")
        KEPT = "kept", _("kept")
        RELEASED = "released", _("released")
        LAPSED = "lapsed", _("lapsed")
        THANKED = "thanked", _("thanked")

    public_id = PublicIdField()
    territory = models.ForeignKey(Territory, models.CASCADE, related_name="commitments")
    project = models.ForeignKey(
        Project, models.SET_NULL, null=True, blank=True, related_name="commitments"
    )
    need = models.ForeignKey(
        Need, models.SET_NULL, null=True, blank=True, related_name="commitments"
    )
    units = models.PositiveIntegerField(default=0, help_text="of the need, where it answers one")
    person = models.ForeignKey(Person, models.CASCADE, related_name="commitments")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    what = models.CharField(max_length=300)
    quantity = models.CharField(max_length=120, blank=True)
    until = models.DateField(null=True, blank=True)
    until_said = models.CharField(
        max_length=80, blank=True, help_text="words of before there was a date"
    )
    condition = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.PROMISED)
    state_at = models.DateTimeField()
    reminded = models.PositiveSmallIntegerField(
        default=0, help_text="days of the last reminder since it moved"
    )
    reminded_in = models.DateField(
        null=True, blank=True, help_text="the week's round that brought the last reminder"
    )
    due_told = models.DateField(
        null=True, blank=True, help_text="the day that the person was told is near"
    )
    called_on = models.DateField(null=True, blank=True, help_text="the team's latest call")
    call_again_on = models.DateField(null=True, blank=True)
    origin = models.CharField(max_length=40, blank=True, help_text="evening:<public id>")
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["-created_at", "-id"]
        indexes = [
            models.Index(fields=["territory", "state", "-created_at"], name="commitment_desk")
        ]

    def __str__(self) -> str:
        return self.what
