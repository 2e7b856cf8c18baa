"""Where personal links of this room lead: a mentor's own page, a project's support, a committee."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from essor.people.links import register_purpose
from essor.people.models import PersonalLink
from essor.people.visitor import PERSON
from essor.projects.models import Project
from essor.support.actions import members, mentors, recommendations
from essor.support.doors import MEMBER, MENTOR, SUPPORTED
from essor.support.models import CommitteeMember, Mentor


def open_mentor(request: HttpRequest, link: PersonalLink) -> str:
    """Let the browser in to the mentor's page; gone since, it leads to the home page."""
    mentor = (
        Mentor.objects.filter(public_id=link.subject, left_at=None)
        .select_related("territory")
        .first()
    )
    if mentor is None:
        return "/"
    visitor = request.visitor  # type: ignore[attr-defined]
    visitor.give_key(MENTOR, mentor.public_id)
    visitor.give_key(PERSON, link.person.public_id)
    return reverse("support:mentor", args=[mentor.territory.slug, mentor.public_id])


def still_open(request: HttpRequest, link: PersonalLink) -> str | None:
    if not request.visitor.holds(MENTOR, link.subject):  # type: ignore[attr-defined]
        return None
    return open_mentor(request, link)


def open_supported(request: HttpRequest, link: PersonalLink) -> str:
    """Let whoever leads the project in to its support page, as long as they lead it."""
    project = Project.objects.filter(public_id=link.subject).select_related("territory").first()
    if project is None:
        return "/"
    visitor = request.visitor  # type: ignore[attr-defined]
    visitor.give_key(SUPPORTED, project.public_id)
    visitor.give_key(PERSON, link.person.public_id)
    return reverse("support:project", args=[project.territory.slug, project.public_id])


def supported_still_open(request: HttpRequest, link: PersonalLink) -> str | None:
    if not request.visitor.holds(SUPPORTED, link.subject):  # type: ignore[attr-defined]
        return None
    return open_supported(request, link)


def open_committee(request: HttpRequest, link: PersonalLink) -> str:
    """Let a member in to the committee for which they were named, as long as they sit on it."""
    member = (
        CommitteeMember.objects.filter(public_id=link.subject, left_at=None)
        .select_related("committee__territory")
        .first()
    )
    if member is None:
        return "/"
    visitor = request.visitor  # type: ignore[attr-defined]
    visitor.give_key(MEMBER, member.public_id)
    visitor.give_key(PERSON, link.person.public_id)
    committee = member.committee
    return reverse("support:committee", args=[committee.territory.slug, committee.public_id])


def committee_still_open(request: HttpRequest, link: PersonalLink) -> str | None:
    if not request.visitor.holds(MEMBER, link.subject):  # type: ignore[attr-defined]
        return None
    return open_committee(request, link)


def register() -> None:
    register_purpose(
        members.LINK,
        open_committee,
        button=_("Open the committee’s files"),
        lasts=members.OPEN_AFTER,
        still_open=committee_still_open,
    )
    register_purpose(
        mentors.LINK,
        open_mentor,
        button=_("Open my page as a mentor"),
        lasts=mentors.LINK_LASTS,
        still_open=still_open,
    )
    register_purpose(
        recommendations.LINK,
        open_supported,
        button=_("See what is recommended"),
        lasts=recommendations.LINK_LASTS,
        still_open=supported_still_open,
    )
