"""Plans that are kept, and the tables and seats that a published plan makes."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from essor.challenges.models import Challenge
from essor.evenings.models.evening import Evening
from essor.evenings.models.registration import Registration
from essor.kit.ids import PublicIdField
from essor.people.models import Person
from essor.projects.models import Project


class Plan(models.Model):
    """A seating plan as a document (``essor-plan/1``) with its proof; several are kept.

    ``document`` names registrations, room tables and challenges by their public id or number;
    ``parent`` is the plan it was changed from, which is what undo goes back to.
    """

    class State(models.TextChoices):
        KEPT = "kept", pgettext_lazy("plan", "kept")
        PUBLISHED = "published", _("published")

    public_id = PublicIdField()
    evening = models.ForeignKey(Evening, models.CASCADE, related_name="plans")
    name = models.CharField(max_length=120, blank=True)
    change = models.JSONField(
        default=dict, help_text="what made it from its parent: a code with its numbers and ids"
    )
    document = models.JSONField()
    proof = models.JSONField(default=dict)
    asks = models.JSONField(
        default=dict, help_text="least and most tables that hosts asked for, by challenge"
    )
    settled = models.JSONField(default=list, help_text="suggestions that a host decided against")
    cost = models.FloatField(default=0)
    parent = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="+")
    state = models.CharField(max_length=10, choices=State.choices, default=State.KEPT)
    in_hand = models.BooleanField(default=False, help_text="the plan that hosts now work on")
    made_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["-made_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["evening"], condition=models.Q(in_hand=True), name="plan_one_in_hand"
            ),
            models.UniqueConstraint(
                fields=["evening"],
                condition=models.Q(state="published"),
                name="plan_one_published",
            ),
        ]


class Table(models.Model):
    """One group at work on a challenge; stays reachable after the evening."""

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("table", "open")
        CLOSED = "closed", pgettext_lazy("table", "closed")

    public_id = PublicIdField()
    evening = models.ForeignKey(Evening, models.CASCADE, related_name="tables")
    number = models.PositiveSmallIntegerField()
    accessible = models.BooleanField(default=True)
    remote = models.BooleanField(default=False, help_text="meets by video")
    challenges = models.ManyToManyField(Challenge, related_name="tables")
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    project = models.OneToOneField(
        Project, models.SET_NULL, null=True, blank=True, related_name="table"
    )
    phone_code = models.CharField(max_length=8, help_text="lets the table's phone write the sheet")
    done_at = models.DateTimeField(null=True, blank=True)
    help_asked_at = models.DateTimeField(
        null=True, blank=True, help_text="the table waits for somebody of the team"
    )
    chosen = models.ForeignKey(
        "TableIdea",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text="the idea that the table deepens",
    )
    pitched_at = models.DateTimeField(null=True, blank=True, help_text="told the hall about it")
    note = models.CharField(
        max_length=160, blank=True, help_text="a word of the conductor to this table alone"
    )
    keeper = models.ForeignKey(
        Person,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="kept_tables",
        help_text="whom the table asked to keep it together",
    )
    rests_at = models.DateTimeField(
        null=True, blank=True, help_text="since when its people write to each other no more"
    )

    class Meta:
        ordering = ["number", "id"]
        constraints = [models.UniqueConstraint(fields=["evening", "number"], name="table_number")]

    def __str__(self) -> str:
        return str(self.number)


class Seat(models.Model):
    """Who sits where in a round; ``registration`` sits once a round."""

    table = models.ForeignKey(Table, models.CASCADE, related_name="seats")
    registration = models.ForeignKey(Registration, models.CASCADE, related_name="seats")
    round = models.PositiveSmallIntegerField(default=1)

    class Meta:
        ordering = ["round", "table__number", "id"]
        constraints = [
            models.UniqueConstraint(fields=["registration", "round"], name="seat_once_a_round")
        ]


class TableIdea(models.Model):
    """An idea said at a table during the evening; the screen shows it unless a host hides it.

    Nobody's name is kept with it. One written in the silent time is its writer's alone until that
    time is over (``essor.evenings.idea_rules.said_aloud``).
    """

    public_id = PublicIdField()
    table = models.ForeignKey(Table, models.CASCADE, related_name="ideas")
    text = models.CharField(max_length=280)
    hidden = models.BooleanField(default=False)
    table_only = models.BooleanField(
        default=False, help_text="its writer wants it to go no further than the evening"
    )
    silent = models.BooleanField(default=False, help_text="written in the silent time")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-id"]


class Dot(models.Model):
    """A device's mark for an idea that its table might deepen; not who, only that it is one device."""

    idea = models.ForeignKey(TableIdea, models.CASCADE, related_name="dots")
    mark = models.CharField(max_length=64, help_text="digest of the device's random name")

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["idea", "mark"], name="dot_once_a_device")]
