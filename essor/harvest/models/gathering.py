"""Gathering: the months of a harvest, where ideas were said, the ideas, who stands behind them."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from essor.kit.ids import PublicIdField
from essor.people.models import Person
from essor.territories.models import Territory

LONGEST_IDEA = 5_000


class Harvest(models.Model):
    """The months during which a territory gathers raw ideas."""

    class State(models.TextChoices):
        DRAFT = "draft", _("in preparation")
        OPEN = "open", pgettext_lazy("harvest", "open")
        SORTING = "sorting", _("being sorted")
        CLOSED = "closed", pgettext_lazy("harvest", "closed")

    public_id = PublicIdField()
    territory = models.ForeignKey(Territory, models.CASCADE, related_name="harvests")
    title = models.CharField(max_length=120)
    question = models.CharField(max_length=300, blank=True, help_text="what people are asked")
    charter = models.TextField(blank=True, help_text="how we speak to each other; blank: ours")
    code = models.CharField(max_length=8, unique=True, help_text="read aloud, typed by hand")
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    fate_days = models.PositiveSmallIntegerField(
        default=120, help_text="days within which each idea hears what becomes of it"
    )
    show_ideas = models.BooleanField(
        default=True, help_text="ideas are public at once; off: the silent time, until sorting"
    )
    look_first = models.BooleanField(
        default=False, help_text="the team looks at an idea before it is public"
    )
    invented = models.BooleanField(default=False, help_text="made up for a demonstration")
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["-created_at", "-id"]
        indexes = [models.Index(fields=["territory", "state"], name="harvest_board")]

    def __str__(self) -> str:
        return self.title


class Source(models.Model):
    """Where ideas were said: a workshop, a market stall, a class; said once for many ideas."""

    class Kind(models.TextChoices):
        WORKSHOP = "workshop", _("workshop")
        MARKET = "market", _("market or street")
        EVENING = "evening", _("evening")
        MAIL = "mail", _("mail")
        ONLINE = "online", _("online")
        SCHOOL = "school", _("school or campus")
        OTHER = "other", _("elsewhere")

    public_id = PublicIdField()
    harvest = models.ForeignKey(Harvest, models.CASCADE, related_name="sources")
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.WORKSHOP)
    label = models.CharField(max_length=120)
    place = models.CharField(max_length=120, blank=True)
    held_on = models.DateField(null=True, blank=True)
    gathered_by = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="gathered_sources"
    )
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["-created_at", "-id"]

    def __str__(self) -> str:
        return self.label


class Idea(models.Model):
    """One raw idea. ``text`` and ``detail`` stay as they were said; ``correction`` stands beside."""

    class State(models.TextChoices):
        SHOWN = "shown", pgettext_lazy("idea", "shown")
        WAITING = "waiting", _("waits for a look")
        HIDDEN = "hidden", pgettext_lazy("idea", "hidden")
        WITHDRAWN = "withdrawn", _("withdrawn by its author")

    class Way(models.TextChoices):
        """How it came in."""

        PHONE = "phone", _("from a phone")
        TYPED = "typed", _("typed by a scout")
        FILE = "file", _("from a list")
        PICTURE = "picture", _("from a picture")
        MAIL = "mail", _("by mail")

    public_id = PublicIdField()
    territory = models.ForeignKey(Territory, models.CASCADE, related_name="ideas")
    harvest = models.ForeignKey(Harvest, models.CASCADE, related_name="ideas")
    source = models.ForeignKey(Source, models.SET_NULL, null=True, blank=True, related_name="ideas")
    text = models.TextField()
    detail = models.TextField(blank=True)
    correction = models.TextField(blank=True)
    key = models.CharField(max_length=64, help_text="digest of the folded text, to find twins")
    author = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="ideas")
    nameless = models.BooleanField(default=False, help_text="given without a name on purpose")
    way = models.CharField(max_length=10, choices=Way.choices, default=Way.PHONE)
    origin = models.CharField(
        max_length=120, blank=True, help_text="what it came from, so that it comes in once"
    )
    builds_on = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="built_on_it",
        help_text="the idea that it answers with “yes, and”",
    )  # fmt: skip
    state = models.CharField(max_length=10, choices=State.choices, default=State.SHOWN)
    hidden_why = models.CharField(max_length=300, blank=True)
    invented = models.BooleanField(default=False, help_text="made up for a demonstration")
    said_at = models.DateTimeField()

    class Meta:
        ordering = ["-said_at", "-id"]
        indexes = [
            models.Index(fields=["territory", "state", "-said_at"], name="idea_board"),
            models.Index(fields=["harvest", "state", "-said_at"], name="idea_harvest"),
            models.Index(fields=["harvest", "key"], name="idea_twins"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["harvest", "origin"],
                condition=~models.Q(origin=""),
                name="idea_comes_in_once",
            )
        ]

    def __str__(self) -> str:
        return self.words[:80]

    @property
    def words(self) -> str:
        """What screens show: the correction where there is one."""
        return self.correction or self.text


class Support(models.Model):
    """Somebody stands behind an idea instead of writing it again."""

    idea = models.ForeignKey(Idea, models.CASCADE, related_name="supports")
    person = models.ForeignKey(
        Person, models.CASCADE, null=True, blank=True, related_name="idea_supports"
    )
    device = models.CharField(max_length=32, blank=True, help_text="where nobody gave a name")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["idea", "person"],
                condition=models.Q(person__isnull=False),
                name="support_once_a_person",
            ),
            models.UniqueConstraint(
                fields=["idea", "device"],
                condition=models.Q(person__isnull=True),
                name="support_once_a_device",
            ),
        ]


class Picture(models.Model):
    """A photograph of post-its or of a paper sheet, to be typed beside it."""

    class State(models.TextChoices):
        WAITING = "waiting", _("to be typed")
        TYPED = "typed", _("typed")
        ASIDE = "aside", _("set aside")

    public_id = PublicIdField()
    harvest = models.ForeignKey(Harvest, models.CASCADE, related_name="pictures")
    source = models.ForeignKey(
        Source, models.SET_NULL, null=True, blank=True, related_name="pictures"
    )
    file = models.CharField(max_length=200)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    added_by = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="added_pictures"
    )
    added_at = models.DateTimeField()
    typed_by = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="typed_pictures"
    )
    typed_since = models.DateTimeField(
        null=True, blank=True, help_text="when somebody took it up, so that two do not type it"
    )

    class Meta:
        ordering = ["added_at", "id"]
