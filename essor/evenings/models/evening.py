"""The evening itself: when, where, its room, its phases, its own questions, its counts."""

from django.db import models
from django.utils import formats
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from essor.challenges.models import Challenge
from essor.kit.ids import PublicIdField, new_spoken_code
from essor.people.models import Person
from essor.territories.models import Territory


class Evening(models.Model):
    """A creative evening. Past evenings known from public sources are ``over`` from the start."""

    class State(models.TextChoices):
        DRAFT = "draft", _("in preparation")
        OPEN = "open", _("registration open")
        CLOSED = "closed", _("registration closed")
        LIVE = "live", _("under way")
        OVER = "over", _("over")

    class Scene(models.TextChoices):
        """What the big screen shows."""

        WELCOME = "welcome", _("welcome")
        TIMER = "timer", _("timer")
        IDEAS = "ideas", _("ideas")
        COMMITMENTS = "commitments", _("commitments")
        ENCOUNTERS = "encounters", _("encounters between spheres")
        PITCHES = "pitches", _("share-out, table by table")
        THANKS = "thanks", _("thanks")

    public_id = PublicIdField()
    territory = models.ForeignKey(Territory, models.CASCADE, related_name="evenings")
    name = models.CharField(max_length=160)
    date = models.DateField(null=True, blank=True)
    date_said = models.CharField(
        max_length=10, blank=True, help_text="2019 or 2019-07 where the source tells no day"
    )
    starts_at = models.DateTimeField(null=True, blank=True)
    ends_at = models.DateTimeField(null=True, blank=True)
    place = models.CharField(max_length=160, blank=True)
    address = models.CharField(max_length=250, blank=True)
    commune = models.CharField(max_length=80, blank=True)
    access = models.TextField(blank=True, help_text="how to come, where to enter, accessibility")
    description = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    capacity = models.PositiveIntegerField(default=0)
    seats_min = models.PositiveSmallIntegerField(default=6)
    seats_max = models.PositiveSmallIntegerField(default=12)
    rounds = models.PositiveSmallIntegerField(default=1)
    remote_offered = models.BooleanField(
        default=False, help_text="people may choose to take part from a distance"
    )
    challenges = models.ManyToManyField(Challenge, blank=True, related_name="evenings")
    welcome_code = models.CharField(max_length=8, default=new_spoken_code, unique=True)
    registration_closes_at = models.DateTimeField(null=True, blank=True)
    sequence = models.PositiveIntegerField(
        default=0, help_text="of the calendar file: rises when date, time or place change"
    )
    mix = models.JSONField(
        default=dict, blank=True, help_text="weights of what the plan mixes; empty: the usual ones"
    )
    seats_freed_at = models.DateTimeField(
        null=True,
        blank=True,
        help_text="from then on the seats of those who have not come are free",
    )
    conductor = models.ForeignKey(
        Person,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text="who holds the baton; another host may take it",
    )
    conducts_since = models.DateTimeField(null=True, blank=True)
    phase = models.ForeignKey("Phase", models.SET_NULL, null=True, blank=True, related_name="+")
    phase_started_at = models.DateTimeField(null=True, blank=True)
    phase_paused_at = models.DateTimeField(null=True, blank=True)
    minutes_added = models.SmallIntegerField(default=0, help_text="to the phase under way")
    message = models.CharField(max_length=160, blank=True, help_text="shown on the big screen")
    pitching = models.ForeignKey(
        "Table",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text="the table that tells the hall about its project",
    )
    pitching_since = models.DateTimeField(null=True, blank=True)
    scene = models.CharField(max_length=12, choices=Scene.choices, default=Scene.WELCOME)
    invented = models.BooleanField(default=False, help_text="made up for a demonstration")
    participants_said = models.PositiveIntegerField(null=True, blank=True)
    participants_note = models.TextField(blank=True)
    facts = models.JSONField(default=dict, blank=True)
    sources = models.JSONField(default=list, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["-date", "-id"]
        indexes = [models.Index(fields=["territory", "-date"], name="evening_calendar")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(seats_min__gte=2, seats_max__gte=models.F("seats_min")),
                name="evening_seats",
            ),
            models.CheckConstraint(
                condition=models.Q(rounds__gte=1, rounds__lte=4), name="evening_rounds"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def day(self) -> str:
        """The day in words; the month or year alone where no source tells more."""
        if self.date is None:
            return gettext("date not told")
        if len(self.date_said) == 4:
            return self.date_said
        return formats.date_format(self.date, "F Y" if self.date_said else "l j F Y")

    @property
    def room(self) -> str:
        """The name of this evening's live stream in the ledger."""
        return f"evening:{self.public_id}"


class Phase(models.Model):
    """One time of the evening, with its length in minutes."""

    class Kind(models.TextChoices):
        WELCOME = "welcome", _("welcome")
        SHOWCASE = "showcase", _("showcase")
        WARM_UP = "warm_up", _("warm-up")
        SILENT = "silent", _("silent writing")
        SHARE = "share", _("sharing, “yes, and…”")
        CHOOSE = "choose", _("choosing")
        SHEET = "sheet", _("project sheet")
        COMMIT = "commit", _("commitments")
        SHARE_OUT = "share_out", _("share-out")
        THANKS = "thanks", _("thanks")

    evening = models.ForeignKey(Evening, models.CASCADE, related_name="phases")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    title = models.CharField(max_length=80, blank=True)
    minutes = models.PositiveSmallIntegerField()
    order = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["order", "id"]

    def __str__(self) -> str:
        return self.title or self.get_kind_display()


class RoomTable(models.Model):
    """A table of the room, by its number; the plan opens as many as it needs."""

    evening = models.ForeignKey(Evening, models.CASCADE, related_name="room_tables")
    number = models.PositiveSmallIntegerField()
    accessible = models.BooleanField(default=True)
    remote = models.BooleanField(default=False, help_text="its people take part from a distance")
    link = models.CharField(
        max_length=300, blank=True, help_text="where a remote table meets by video"
    )
    added = models.BooleanField(
        default=False, help_text="made for people at a distance; goes when it is no longer remote"
    )

    class Meta:
        ordering = ["number", "id"]
        constraints = [
            models.UniqueConstraint(fields=["evening", "number"], name="room_table_number")
        ]


class Question(models.Model):
    """A question of the territory's own on the registration page."""

    class Kind(models.TextChoices):
        TEXT = "text", _("short text")
        YES_NO = "yes_no", _("yes or no")
        ONE_OF = "one_of", _("one of a list")

    evening = models.ForeignKey(Evening, models.CASCADE, related_name="questions")
    label = models.CharField(max_length=160)
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.TEXT)
    options = models.JSONField(default=list, blank=True)
    required = models.BooleanField(default=False)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "id"]


class HeadCount(models.Model):
    """A number of people with who counted, when and how; disagreeing counts are all kept."""

    evening = models.ForeignKey(Evening, models.CASCADE, related_name="head_counts")
    people = models.PositiveIntegerField()
    how = models.CharField(max_length=120)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-id"]
