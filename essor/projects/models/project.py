"""The spine: a project is born as a table's sheet and keeps its address until it is an enterprise."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from essor.challenges.models import Challenge
from essor.kit.ids import PublicIdField
from essor.people.models import Person
from essor.territories.models import Territory, Theme


class Project(models.Model):
    """One project, from sheet to take-off."""

    class Stage(models.TextChoices):
        """The house's own stages. A territory may word them anew and add some (``TerritoryStage``)."""

        SHEET = "sheet", _("sheet")
        GROUP = "group", _("group")
        OPPORTUNITY = "opportunity", _("opportunity")
        FEASIBILITY = "feasibility", _("feasibility")
        INCUBATION = "incubation", _("incubation")
        LANDING = "landing", _("landing")
        LAUNCHED = "launched", _("launched")
        TAKEN_OFF = "taken_off", _("taken off")

    Track = Challenge.Track

    class Condition(models.TextChoices):
        AWAKE = "awake", _("under way")
        ASLEEP = "asleep", _("asleep")
        MERGED = "merged", _("merged")
        STOPPED = "stopped", _("stopped")

    class SutLink(models.TextChoices):
        """How a project from public sources is tied to the dynamic; no screen claims more."""

        BORN = "born_at_event", _("born at an evening")
        BOOSTED = "boosted_at_event", _("boosted at an evening")
        GROUP = "project_group", _("named among the project groups")
        REPORTED = "reported", _("reported as tied to the dynamic")
        DESCENDANT = "descendant", _("descends from a project of the dynamic")
        HOST = "host_structure", _("carried by the host structure")
        SISTER = "sister_method", _("born of a sister method")
        OUTSIDE = "outside_solution", _("a solution from elsewhere")

    public_id = PublicIdField()
    territory = models.ForeignKey(Territory, models.CASCADE, related_name="projects")
    title = models.CharField(max_length=200, blank=True)
    summary = models.CharField(max_length=400, blank=True)
    stage = models.CharField(
        max_length=20, default=Stage.SHEET, help_text="the key of a stage of its territory"
    )
    condition = models.CharField(max_length=10, choices=Condition.choices, default=Condition.AWAKE)
    track = models.CharField(max_length=10, choices=Track.choices, default=Track.IMAGINE)
    leader_wanted = models.BooleanField(
        default=False, help_text="nobody leads it, or it looks for one more (``LeaderCall``)"
    )
    merged_into = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="absorbed"
    )
    published_at = models.DateTimeField(
        null=True, blank=True, help_text="blank: a sheet being written"
    )
    themes = models.ManyToManyField(Theme, blank=True)
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    invented = models.BooleanField(default=False, help_text="made up for a demonstration")
    origin = models.CharField(max_length=200, blank=True, help_text="where it was born, in words")
    place = models.CharField(
        max_length=120, blank=True, help_text="where it is or would be at work, in words"
    )
    status_as_said = models.CharField(max_length=200, blank=True)
    legal_form = models.CharField(max_length=200, blank=True)
    sut_link = models.CharField(max_length=20, choices=SutLink.choices, blank=True)
    sut_link_note = models.TextField(blank=True)
    milestones = models.JSONField(default=list, blank=True)
    sources = models.JSONField(default=list, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["-published_at", "-created_at", "id"]
        indexes = [models.Index(fields=["territory", "-published_at"], name="project_board")]

    def __str__(self) -> str:
        return self.title or self.origin or self.public_id

    @property
    def seeks_leader(self) -> bool:
        """Whether the search is open to the public today: a project at rest looks for nobody."""
        awake = self.condition == Project.Condition.AWAKE
        return self.leader_wanted and awake and self.published_at is not None


class Membership(models.Model):
    """Somebody in a project's group: the people of its table follow it first.

    Who leads it is a ``Leadership``: it has a beginning and an end.
    """

    class Part(models.TextChoices):
        TABLE = "table", _("was at the table")
        FOLLOWER = "follower", _("follows")
        MEMBER = "member", _("member of the group")

    project = models.ForeignKey(Project, models.CASCADE, related_name="memberships")
    person = models.ForeignKey(Person, models.CASCADE, related_name="memberships")
    part = models.CharField(max_length=10, choices=Part.choices)
    follows = models.BooleanField(default=True, help_text="wants to hear what becomes of it")
    since = models.DateTimeField()

    class Meta:
        ordering = ["since", "id"]
        constraints = [
            models.UniqueConstraint(fields=["project", "person"], name="membership_once")
        ]
