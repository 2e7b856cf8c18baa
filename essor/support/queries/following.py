"""Reads about who holds a project and whether it rests."""

from datetime import date

from essor.projects.models import Project
from essor.support.models import Contact, Pause


def contact_of(project: Project) -> Contact | None:
    """Who of the team holds it."""
    return Contact.objects.filter(project=project, until=None).select_related("person").first()


def pause_of(project: Project, today: date) -> Pause | None:
    """The pause in which it rests today."""
    return Pause.objects.filter(project=project, ended_at=None, until__gt=today).first()
