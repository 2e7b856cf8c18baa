"""Mentors: who offers what, to how many projects at most, and which they accompany."""

from django.db import models
from django.db.models import Q

from essor.kit.ids import PublicIdField
from essor.people.models import Person
from essor.projects.models import Project
from essor.territories.models import Territory

MOST_PROJECTS = 20


class Mentor(models.Model):
    """Somebody who offers time to projects; asked by the team, a mentor once they agreed."""

    public_id = PublicIdField()
    territory = models.ForeignKey(Territory, models.CASCADE, related_name="mentors")
    person = models.ForeignKey(Person, models.CASCADE, related_name="mentoring_here")
    offers = models.CharField(max_length=400)
    at_most = models.PositiveSmallIntegerField(default=2)
    asked_at = models.DateTimeField()
    agreed_at = models.DateTimeField(null=True, blank=True)
    agreed_to = models.CharField(max_length=20, blank=True, help_text="the version of the words")
    left_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["asked_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["territory", "person"], condition=Q(left_at=None), name="mentor_once"
            ),
            models.CheckConstraint(
                condition=Q(at_most__gte=1, at_most__lte=MOST_PROJECTS), name="mentor_at_most"
            ),
        ]

    def __str__(self) -> str:
        return self.person.name

    @property
    def is_ready(self) -> bool:
        """Agreed, and still there: only then are they put beside a project."""
        return self.agreed_at is not None and self.left_at is None


class Mentoring(models.Model):
    """A mentor beside a project: why those two, since when, and how it ended."""

    public_id = PublicIdField()
    mentor = models.ForeignKey(Mentor, models.CASCADE, related_name="mentorings")
    project = models.ForeignKey(Project, models.CASCADE, related_name="mentorings")
    why = models.CharField(max_length=400)
    since = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    why_ended = models.CharField(max_length=400, blank=True)

    class Meta:
        ordering = ["since", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["mentor", "project"], condition=Q(ended_at=None), name="mentoring_once"
            )
        ]
