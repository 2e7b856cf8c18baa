"""The spine: a project is born as a table's sheet and keeps its address until it is an enterprise."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from essor.kit.ids import PublicIdField
from essor.people.models import Person
from essor.territories.models import Territory, Theme


class Project(models.Model):
    """One project, from sheet to take-off."""

    class Stage(models.TextChoices):
        SHEET = "sheet", _("sheet")
        GROUP = "group", _("group")
        OPPORTUNITY = "opportunity", _("opportunity")
        FEASIBILITY = "feasibility", _("feasibility")
        INCUBATION = "incubation", _("incubation")
        LANDING = "landing", _("landing")
        LAUNCHED = "launched", _("launched")
        TAKEN_OFF = "taken_off", _("taken off")

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
    stage = models.CharField(max_length=20, choices=Stage.choices, default=Stage.SHEET)
    condition = models.CharField(max_length=10, choices=Condition.choices, default=Condition.AWAKE)
    leader_wanted = models.BooleanField(default=False)
    leader_words = models.CharField(
        max_length=400, blank=True, help_text="what is offered to whoever will carry it"
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


SHEET_FIELDS = (
    "dream",
    "proposal",
    "people_helped",
    "leaders",
    "partners",
    "resources_human",
    "resources_material",
    "resources_financial",
    "first_steps",
)
"""The nine real fields, in the order of the paper sheet."""

WRITABLE_FIELDS = (*SHEET_FIELDS, "set_aside")
LONGEST_TEXT = 5_000


class Sheet(models.Model):
    """What a table hands in: the nine real fields, and the ideas it set aside."""

    project = models.OneToOneField(Project, models.CASCADE, related_name="sheet")
    dream = models.TextField(blank=True)
    proposal = models.TextField(blank=True)
    people_helped = models.TextField(blank=True)
    leaders = models.TextField(blank=True)
    partners = models.TextField(blank=True)
    resources_human = models.TextField(blank=True)
    resources_material = models.TextField(blank=True)
    resources_financial = models.TextField(blank=True)
    first_steps = models.TextField(blank=True)
    set_aside = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=0, help_text="counts savings; finds stale forms")
    saved_at = models.DateTimeField(null=True, blank=True)
    handed_in_at = models.DateTimeField(null=True, blank=True)

    @property
    def filled(self) -> int:
        """How many of the nine fields hold something."""
        return sum(bool(getattr(self, name).strip()) for name in SHEET_FIELDS)


class SheetVariant(models.Model):
    """A second text for one field, written by another phone meanwhile: kept until somebody chooses."""

    public_id = PublicIdField()
    sheet = models.ForeignKey(Sheet, models.CASCADE, related_name="variants")
    field = models.CharField(max_length=20)
    text = models.TextField()
    at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["at", "id"]


class SheetPhoto(models.Model):
    """A photograph of the paper sheet, decoded and encoded again, without its metadata."""

    public_id = PublicIdField()
    sheet = models.ForeignKey(Sheet, models.CASCADE, related_name="photos")
    file = models.CharField(max_length=200)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["added_at", "id"]


class Membership(models.Model):
    """Somebody in a project's group: the people of its table follow it first."""

    class Part(models.TextChoices):
        TABLE = "table", _("was at the table")
        FOLLOWER = "follower", _("follows")
        MEMBER = "member", _("member of the group")
        LEADER = "leader", _("leader")

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


class StageChange(models.Model):
    """A move of a project along its stages: who, when, why."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="stage_changes")
    stage = models.CharField(max_length=20, choices=Project.Stage.choices)
    condition = models.CharField(max_length=10, choices=Project.Condition.choices)
    why = models.TextField(blank=True)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-id"]
