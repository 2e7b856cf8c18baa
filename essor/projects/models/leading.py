"""Who carries a project: calls for a leader, who answers them, who led from when to when, hosting."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from essor.kit.ids import PublicIdField
from essor.people.models import Person
from essor.projects.models.project import Project


class LeaderCall(models.Model):
    """An open search for whoever will carry a project: why, what is asked, until when, who decides."""

    class Ending(models.TextChoices):
        FOUND = "found", _("a leader was found")
        DROPPED = "dropped", _("the search was ended")

    public_id = PublicIdField()
    project = models.ForeignKey(Project, models.CASCADE, related_name="leader_calls")
    why = models.TextField(blank=True)
    asked = models.TextField(blank=True, help_text="what is asked, and what is offered")
    opens_on = models.DateField()
    closes_on = models.DateField(null=True, blank=True, help_text="the last day; blank: none said")
    decided_by = models.CharField(max_length=200, blank=True, help_text="who decides, in words")
    ending = models.CharField(max_length=10, choices=Ending.choices, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["-created_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["project"], condition=Q(ended_at=None), name="leader_call_one_open"
            ),
            models.CheckConstraint(
                condition=Q(closes_on=None) | Q(closes_on__gte=F("opens_on")),
                name="leader_call_opens_first",
            ),
        ]

    def __str__(self) -> str:
        return self.asked or self.why


class LeaderAnswer(models.Model):
    """Somebody who could carry a project, or who knows somebody: named by nobody but themself."""

    class Kind(models.TextChoices):
        ME = "me", _("could carry it")
        SOMEBODY = "somebody", _("knows someone")

    class State(models.TextChoices):
        NEW = "new", _("waits for an answer")
        TALKING = "talking", _("we are talking")
        CHOSEN = "chosen", _("chosen")
        NOT_NOW = "not_now", _("not now")
        WITHDRAWN = "withdrawn", _("taken back")

    public_id = PublicIdField()
    project = models.ForeignKey(Project, models.CASCADE, related_name="leader_answers")
    call = models.ForeignKey(
        LeaderCall, models.SET_NULL, null=True, blank=True, related_name="answers"
    )
    person = models.ForeignKey(Person, models.CASCADE, related_name="leader_answers")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    words = models.TextField()
    shows_name = models.BooleanField(
        default=False, help_text="once chosen, the first name may stand on the project's page"
    )
    after = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="followed_by",
        help_text="the recommendation that led here",
    )  # fmt: skip
    state = models.CharField(max_length=10, choices=State.choices, default=State.NEW)
    state_at = models.DateTimeField()
    settled_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["-created_at", "-id"]
        indexes = [models.Index(fields=["project", "state"], name="leader_answer_desk")]

    def __str__(self) -> str:
        return self.get_kind_display()


class Leadership(models.Model):
    """Who carries, or carried, a project, from when to when. Erased people leave the dates alone."""

    public_id = PublicIdField()
    project = models.ForeignKey(Project, models.CASCADE, related_name="leaderships")
    person = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="leaderships"
    )
    shows_name = models.BooleanField(
        default=False, help_text="agreed that their first name stands on the public page"
    )
    since = models.DateField()
    until = models.DateField(null=True, blank=True, help_text="blank: leads today")
    call = models.ForeignKey(
        LeaderCall, models.SET_NULL, null=True, blank=True, related_name="leaderships"
    )

    class Meta:
        ordering = ["since", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "person"], condition=Q(until=None), name="leads_once_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="leads_before_leaving"
            ),
        ]

    @property
    def public_name(self) -> str:
        """The name for everybody: blank unless the person agreed to it."""
        return self.person.short_name if self.person and self.shows_name else ""


class Hosting(models.Model):
    """An organisation that carries contracts for a project until it stands alone."""

    public_id = PublicIdField()
    project = models.ForeignKey(Project, models.CASCADE, related_name="hostings")
    name = models.CharField(max_length=200)
    carries = models.CharField(max_length=400)
    since = models.DateField()
    until = models.DateField(null=True, blank=True, help_text="the last day, agreed or actual")
    ended_at = models.DateTimeField(null=True, blank=True)
    what_next = models.TextField(blank=True, help_text="said when it ended")
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["since", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="hosted_before_ending"
            )
        ]

    def __str__(self) -> str:
        return self.name
