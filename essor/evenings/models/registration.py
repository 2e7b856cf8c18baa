"""A person's coming: choices, answers, wishes, access needs, arrival."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from essor.challenges.models import Challenge
from essor.evenings.models.evening import Evening, Question
from essor.kit.ids import PublicIdField
from essor.people.models import Person


class Registration(models.Model):
    """One person's coming to one evening, with the code of the ticket."""

    class State(models.TextChoices):
        REGISTERED = "registered", _("registered")
        WAITING = "waiting", _("on the waiting list")
        CANCELLED = "cancelled", _("cancelled")
        TWIN = "twin", _("sent a second time: the earlier one counts")

    class Source(models.TextChoices):
        PAGE = "page", _("registration page")
        LIST = "list", _("imported list")
        DOOR = "door", _("at the door")
        TEAM = "team", _("host team")

    class AgeBand(models.TextChoices):
        UNDER_25 = "15-24", _("15 to 24")
        UNDER_40 = "25-39", _("25 to 39")
        UNDER_65 = "40-64", _("40 to 64")
        OLDER = "65+", _("65 and over")

    public_id = PublicIdField()
    evening = models.ForeignKey(Evening, models.CASCADE, related_name="registrations")
    person = models.ForeignKey(Person, models.CASCADE, related_name="registrations")
    code = models.CharField(max_length=8, help_text="short ticket code, can be read aloud")
    state = models.CharField(max_length=12, choices=State.choices)
    state_at = models.DateTimeField()
    source = models.CharField(max_length=8, choices=Source.choices, default=Source.PAGE)
    surprise = models.BooleanField(default=False, help_text="happy with any challenge")
    facilitator = models.BooleanField(default=False)
    remote = models.BooleanField(default=False, help_text="takes part from a distance, by video")
    age_band = models.CharField(max_length=8, choices=AgeBand.choices, blank=True)
    children = models.PositiveSmallIntegerField(
        default=0, help_text="under 15, who come along with a guest badge"
    )
    twin_of = models.ForeignKey(
        "self",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="twins",
        help_text="the registration that counts; only its holder may know of it",
    )
    twin_waits = models.BooleanField(
        default=False, help_text="what the twin's page says, as if it were the first"
    )
    list_key = models.CharField(max_length=64, blank=True, help_text="the line of an imported list")
    arrived_at = models.DateTimeField(null=True, blank=True)
    arrived_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    absent_at = models.DateTimeField(
        null=True, blank=True, help_text="when the door heard that this person does not come"
    )
    registered_at = models.DateTimeField()

    class Meta:
        ordering = ["person__first_name", "person__last_name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["evening", "code"], name="registration_code"),
            models.UniqueConstraint(fields=["evening", "person"], name="registration_once"),
            models.CheckConstraint(
                condition=models.Q(state="twin", twin_of__isnull=False)
                | (~models.Q(state="twin") & models.Q(twin_of__isnull=True)),
                name="registration_twin",
            ),
            models.UniqueConstraint(
                fields=["evening", "list_key"],
                condition=~models.Q(list_key=""),
                name="registration_list_line",
            ),
        ]
        indexes = [
            models.Index(fields=["evening", "state", "state_at"], name="registration_queue"),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def has_seat(self) -> bool:
        return self.state == self.State.REGISTERED

    @property
    def shown_state(self) -> str:
        """The state that its own page shows: a twin looks like any fresh registration."""
        if self.state != self.State.TWIN:
            return self.state
        return self.State.WAITING if self.twin_waits else self.State.REGISTERED


class Choice(models.Model):
    """The challenge that a person put at this rank (1 is the dearest)."""

    registration = models.ForeignKey(Registration, models.CASCADE, related_name="choices")
    challenge = models.ForeignKey(Challenge, models.CASCADE, related_name="choices")
    rank = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["rank", "id"]
        constraints = [
            models.UniqueConstraint(fields=["registration", "rank"], name="choice_rank"),
            models.UniqueConstraint(fields=["registration", "challenge"], name="choice_once"),
        ]


class Answer(models.Model):
    """What a person answered to a territory's own question."""

    registration = models.ForeignKey(Registration, models.CASCADE, related_name="answers")
    question = models.ForeignKey(Question, models.CASCADE, related_name="answers")
    value = models.CharField(max_length=500)

    class Meta:
        ordering = ["question__order", "id"]
        constraints = [
            models.UniqueConstraint(fields=["registration", "question"], name="answer_once")
        ]


class AccessNeed(models.Model):
    """Access needs reveal health: apart from the rest, seen by hosts, erased 7 days after."""

    registration = models.OneToOneField(Registration, models.CASCADE, related_name="access_need")
    accessible_table = models.BooleanField(default=False)
    words = models.CharField(max_length=500, blank=True)


class Wish(models.Model):
    """To sit with somebody, or apart; ``other`` is set once the name is matched."""

    class Kind(models.TextChoices):
        TOGETHER = "together", _("come with")
        APART = "apart", _("apart from")

    registration = models.ForeignKey(Registration, models.CASCADE, related_name="wishes")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    name = models.CharField(max_length=200)
    other = models.ForeignKey(
        Registration, models.SET_NULL, null=True, blank=True, related_name="wished_by"
    )

    class Meta:
        ordering = ["id"]
