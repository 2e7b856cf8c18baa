"""Where a personal link to a project leads: the person is known there, and follows it."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from essor.kit import clock
from essor.people.links import register_purpose
from essor.people.models import PersonalLink
from essor.people.visitor import PERSON
from essor.projects.actions.projects import follow
from essor.projects.models import Project

FOLLOW = "follow"
"""The purpose of the personal link with which a project is followed."""


def follow_project(request: HttpRequest, link: PersonalLink) -> str:
    """Follow, and be recognised on the project's page from now on, where one can stop again."""
    project = Project.objects.select_related("territory").filter(public_id=link.subject).first()
    if project is None:
        return "/"
    request.visitor.give_key(PERSON, link.person.public_id)  # type: ignore[attr-defined]
    follow(project=project, person=link.person, by=link.person, at=clock.now())
    return reverse("projects:project", args=[project.territory.slug, project.public_id])


def still_open(request: HttpRequest, link: PersonalLink) -> str | None:
    known = request.visitor.holds(PERSON, link.person.public_id)  # type: ignore[attr-defined]
    project = Project.objects.select_related("territory").filter(public_id=link.subject).first()
    if not known or project is None:
        return None
    return reverse("projects:project", args=[project.territory.slug, project.public_id])


def register() -> None:
    register_purpose(FOLLOW, follow_project, button=_("Follow this project"), still_open=still_open)
