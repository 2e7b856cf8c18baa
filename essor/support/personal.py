"""Where personal links of this room lead: a mentor's own page, a project's support, a committee."""

from django.db.models import F
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from essor.kit import clock
from essor.people.links import A_YEAR, THREE_MONTHS, register_key, register_purpose
from essor.people.models import PersonalLink
from essor.people.visitor import PERSON
from essor.projects.models import Project
from essor.support.actions import members, mentors, play, recommendations
from essor.support.actions.funders import confirm_funder
from essor.support.doors import MEMBER, MENTOR, SUPPORTED
from essor.support.funder_letters import FUNDER_LINK
from essor.support.models import CommitteeMember, Funder, Mentor, Standing
from essor.support.pledge_letters import ROOM_LINK
from essor.support.queries.funders import FUNDER


def mentor_page(link: PersonalLink) -> str | None:
    """The mentor's own page, until they leave."""
    found = Mentor.objects.filter(public_id=link.subject, left_at=None)
    mentor = found.select_related("territory").first()
    if mentor is None:
        return None
    return reverse("support:mentor", args=[mentor.territory.slug, mentor.public_id])


def support_page(link: PersonalLink) -> str | None:
    """The support page of the project; it opens to whoever leads it, as long as they do."""
    project = Project.objects.filter(public_id=link.subject).select_related("territory").first()
    if project is None:
        return None
    return reverse("support:project", args=[project.territory.slug, project.public_id])


def room_page(link: PersonalLink) -> str | None:
    """The private room of the project; it opens to whoever leads it, as long as they do."""
    project = Project.objects.filter(public_id=link.subject).select_related("territory").first()
    if project is None:
        return None
    return reverse("support:room", args=[project.territory.slug, project.public_id])


def open_funder(request: HttpRequest, link: PersonalLink) -> str:
    """Let the browser in to the funder's page: the address is proved by it."""
    found = Funder.objects.filter(public_id=link.subject, left_at=None)
    funder = found.select_related("territory", "person").first()
    if funder is None:
        return "/"
    confirm_funder(funder=funder, by=funder.person, at=clock.now())
    visitor = request.visitor  # type: ignore[attr-defined]
    visitor.give_key(FUNDER, funder.public_id)
    visitor.give_key(PERSON, funder.person.public_id)
    return reverse("support:funder", args=[funder.territory.slug, funder.public_id])


def funder_still_open(request: HttpRequest, link: PersonalLink) -> str | None:
    if not request.visitor.holds(FUNDER, link.subject):  # type: ignore[attr-defined]
        return None
    return open_funder(request, link)


def committee_page(link: PersonalLink) -> str | None:
    """The committee for which a member was named, as long as they sit on it."""
    found = CommitteeMember.objects.filter(public_id=link.subject, left_at=None)
    member = found.select_related("committee__territory").first()
    if member is None:
        return None
    committee = member.committee
    return reverse("support:committee", args=[committee.territory.slug, committee.public_id])


def standing_page(link: PersonalLink) -> str | None:
    """What the project is asked: what waits for an answer first, else what was answered last."""
    found = Standing.objects.filter(project__public_id=link.subject)
    latest = found.select_related("project__territory").order_by(
        F("handed_in_at").desc(nulls_first=True), "-asked_at", "-id"
    )
    standing = latest.first()
    if standing is None:
        return None
    return reverse("support:standing", args=[standing.project.territory.slug, standing.public_id])


def register() -> None:
    register_key(
        play.LINK, SUPPORTED, standing_page, button=_("Say where we stand"), lasts=THREE_MONTHS
    )
    register_key(
        members.LINK,
        MEMBER,
        committee_page,
        button=_("Open the committee’s files"),
        lasts=members.OPEN_AFTER,
    )
    register_key(
        mentors.LINK, MENTOR, mentor_page, button=_("Open my page as a mentor"), lasts=A_YEAR
    )
    register_key(
        recommendations.LINK,
        SUPPORTED,
        support_page,
        button=_("See what is recommended"),
        lasts=THREE_MONTHS,
    )
    register_key(
        ROOM_LINK, SUPPORTED, room_page, button=_("Open the private room"), lasts=THREE_MONTHS
    )
    register_purpose(
        FUNDER_LINK,
        open_funder,
        button=_("Open my page as a funder"),
        lasts=A_YEAR,
        still_open=funder_still_open,
    )
