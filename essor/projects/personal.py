"""Where personal links lead: to a project, which is followed, or to one's answer to its search."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from essor.kit import clock
from essor.people.links import A_YEAR, register_key, register_purpose
from essor.people.models import PersonalLink
from essor.people.visitor import PERSON
from essor.projects.actions.leader_answers import LINK
from essor.projects.actions.projects import follow
from essor.projects.answering import address_of
from essor.projects.doors import ANSWER
from essor.projects.models import LeaderAnswer, Project

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


def answer_page(link: PersonalLink) -> str | None:
    found = LeaderAnswer.objects.select_related("project__territory", "person")
    answer = found.filter(public_id=link.subject).first()
    return address_of(answer) if answer else None


def register() -> None:
    register_purpose(FOLLOW, follow_project, button=_("Follow this project"), still_open=still_open)
    register_key(LINK, ANSWER, answer_page, button=_("See my answer"), lasts=A_YEAR)
