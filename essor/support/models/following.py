"""Following projects up: who of the team holds one, what was found to look after, pauses."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from essor.kit.ids import PublicIdField
from essor.people.models import Person
from essor.projects.models import Project
from essor.territories.models import Territory


class Contact(models.Model):
    """Who of the team holds a project: the one to whom its group turns."""

    public_id = PublicIdField()
    project = models.ForeignKey(Project, models.CASCADE, related_name="contacts")
    person = models.ForeignKey(Person, models.CASCADE, related_name="holds")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["since", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["project"], condition=Q(until=None), name="contact_one_a_project"
            )
        ]


class Pause(models.Model):
    """A project is left alone until a day: no reminders, no silence counted."""

    public_id = PublicIdField()
    project = models.ForeignKey(Project, models.CASCADE, related_name="pauses")
    why = models.CharField(max_length=400, blank=True)
    since = models.DateTimeField()
    until = models.DateField()
    by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-since", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["project"], condition=Q(ended_at=None), name="pause_one_a_project"
            )
        ]


class Finding(models.Model):
    """Something to look after that takes long to find: found by a job, gone when it no longer holds."""

    class Kind(models.TextChoices):
        SILENT = "silent", _("silent for long")
        ONE_PARTNER = "one_partner", _("one partner alone")
        ONE_PERSON = "one_person", _("one person alone")
        MANY_PROJECTS = "many_projects", _("one person for several projects")

    public_id = PublicIdField()
    territory = models.ForeignKey(Territory, models.CASCADE, related_name="findings")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    project = models.ForeignKey(
        Project, models.CASCADE, null=True, blank=True, related_name="findings"
    )
    person = models.ForeignKey(
        Person, models.CASCADE, null=True, blank=True, related_name="findings"
    )
    since = models.DateTimeField(help_text="the last sign of life, or when it was found")
    count = models.PositiveIntegerField(default=0)
    share = models.FloatField(
        null=True, blank=True, help_text="of others at this stage that were never silent so long"
    )

    class Meta:
        ordering = ["kind", "since", "id"]
        indexes = [models.Index(fields=["territory", "kind", "since"], name="finding_desk")]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "project"], condition=Q(person=None), name="finding_of_project"
            ),
            models.UniqueConstraint(
                fields=["territory", "kind", "person"],
                condition=Q(project=None),
                name="finding_of_person",
            ),
        ]
