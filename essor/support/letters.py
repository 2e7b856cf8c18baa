"""Mails of this room: to mentors, and to whoever leads a project."""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.urls import reverse

from essor.people.links import link_address
from essor.people.models import Person
from essor.projects.leading import leading
from essor.projects.models import Project
from essor.support.models import (
    CommitteeMember,
    Mentor,
    Mentoring,
    ProjectFile,
    Recommendation,
    Reply,
    Standing,
)
from essor.territories.letters import post_to


def absolute(name: str, *args: str) -> str:
    return f"{settings.SITE_URL}{reverse(name, args=args)}"


def leaders_of(project: Project) -> list[Person]:
    """Who leads the project and has an address, the first to lead first."""
    found = leading([project.pk]).filter(person__erased_at=None).exclude(person__email="")
    return [each.person for each in found.order_by("since", "id") if each.person]


def post_mentor_asked(mentor: Mentor, *, token: str, by: Person | None, at: datetime) -> None:
    """Ask somebody to be a mentor, with the link to answer."""
    post_to(
        mentor.person,
        mentor.territory,
        "support/mail/mentor_asked.txt",
        {"mentor": mentor, "host": by, "address": link_address(token)},
        key=f"mentor-asked:{mentor.public_id}",
        at=at,
    )


def post_mentor_matched(mentoring: Mentoring, *, token: str, at: datetime) -> None:
    """Tell the mentor which project, and whoever leads the project which mentor, and why."""
    mentor, project = mentoring.mentor, mentoring.project
    leaders = leaders_of(project)
    context = {
        "mentoring": mentoring, "mentor": mentor, "project": str(project), "leaders": leaders,
        "names": ", ".join(person.name for person in leaders),
    }  # fmt: skip
    post_to(
        mentor.person,
        mentor.territory,
        "support/mail/mentor_matched.txt",
        {**context, "address": link_address(token)},
        key=f"mentor-matched:{mentoring.public_id}",
        at=at,
    )
    post_to_leaders(
        project,
        leaders,
        "support/mail/project_matched.txt",
        {**context, "address": page_of(project)},
        key=f"project-matched:{mentoring.public_id}",
        at=at,
    )


def page_of(project: Project) -> str:
    """The whole address of a project's page."""
    return absolute("projects:project", project.territory.slug, project.public_id)


def post_to_leaders(
    project: Project,
    leaders: Iterable[Person],
    template: str,
    context: dict[str, object],
    *,
    key: str,
    at: datetime,
) -> None:
    """One mail for each who leads the project."""
    for person in leaders:
        personal = f"{key}:{person.public_id}"
        post_to(person, project.territory, template, context, key=personal, at=at)


def post_recommended(
    recommendation: Recommendation, person: Person, *, token: str, at: datetime
) -> None:
    """Tell one who leads the project what is recommended, with the link to answer."""
    context = {
        "recommendation": recommendation,
        "project": str(recommendation.project),
        "address": link_address(token),
    }
    post_to(
        person,
        recommendation.territory,
        "support/mail/recommended.txt",
        context,
        key=f"recommended:{recommendation.public_id}:{person.public_id}",
        at=at,
    )


def post_blocked(reply: Reply, *, at: datetime) -> None:
    """Tell whoever recommended it with what the project is blocked: they may know a way."""
    recommendation = reply.recommendation
    person = recommendation.written_by
    if person is None or person == reply.by:
        return
    context = {
        "recommendation": recommendation,
        "project": str(recommendation.project),
        "words": reply.words,
        "address": page_of(recommendation.project),
    }
    post_to(
        person,
        recommendation.territory,
        "support/mail/blocked.txt",
        context,
        key=f"blocked:{recommendation.public_id}:{reply.pk}",
        at=at,
    )


def post_decided(file: ProjectFile, *, at: datetime) -> None:
    """Tell each who leads the project what the committee decided, and why."""
    context: dict[str, object] = {
        "project": str(file.project),
        "decision": file.decision,
        "reasons": file.reasons,
        "address": page_of(file.project),
    }
    post_to_leaders(
        file.project,
        leaders_of(file.project),
        "support/mail/decided.txt",
        context,
        key=f"decided:{file.public_id}",
        at=at,
    )


def post_named(
    member: CommitteeMember, *, token: str, by: Person | None, at: datetime, again: bool = False
) -> None:
    """Tell somebody that they sit on a committee, with the link that opens it to them.

    ``again``: with a new link, because a host was asked for it.
    """
    key = f"member-link:{member.public_id}:{at.isoformat()}"
    post_to(
        member.person,
        member.committee.territory,
        "support/mail/member_named.txt",
        {"committee": member.committee, "host": by, "address": link_address(token)},
        key=key if again else f"member-named:{member.public_id}",
        at=at,
    )


def post_committee_near(
    member: CommitteeMember, files: Iterable[ProjectFile], *, token: str, at: datetime
) -> None:
    """Days before the hearing: which files wait for a member's word."""
    context = {
        "committee": member.committee,
        "projects": [str(file.project) for file in files],
        "address": link_address(token),
    }
    post_to(
        member.person,
        member.committee.territory,
        "support/mail/committee_near.txt",
        context,
        key=f"committee-near:{member.public_id}",
        at=at,
    )


def post_asked(
    standing: Standing, person: Person, *, token: str, again: bool, at: datetime
) -> None:
    """Ask one who leads a project where it stands, with the link; ``again`` is a reminder."""
    context = {
        "standing": standing,
        "cohort": standing.play.cohort,
        "project": str(standing.project),
        "again": again,
        "ending": standing.moment == Standing.Moment.END,
        "address": link_address(token),
    }
    key = f"standing:{standing.public_id}:{person.public_id}"
    post_to(
        person,
        standing.project.territory,
        "support/mail/asked.txt",
        context,
        key=f"{key}:{at.isoformat()}" if again else key,
        at=at,
    )
