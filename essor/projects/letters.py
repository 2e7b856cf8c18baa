"""Mails about who carries a project: to whoever answered, to whoever was named, to the hosts."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from essor.people.links import link_address
from essor.projects.models import LeaderAnswer, Leadership, Project
from essor.territories.letters import post_to
from essor.territories.queries import hosts_with_address


def absolute(name: str, *args: str) -> str:
    return f"{settings.SITE_URL}{reverse(name, args=args)}"


def forward_address(answer: LeaderAnswer) -> str:
    """What a recommendation is passed on with: the public form, which then knows whence it came."""
    project = answer.project
    page = absolute("projects:lead", project.territory.slug, project.public_id)
    return f"{page}?from={answer.public_id}"


def post_welcomed(answer: LeaderAnswer, *, token: str, at: datetime) -> None:
    """Thank whoever answered; a recommendation holds the link to pass on."""
    _post(
        "projects/mail/answer_kept.txt",
        answer,
        at,
        link=link_address(token),
        forward=forward_address(answer),
    )


def post_answered(answer: LeaderAnswer, *, words: str, at: datetime) -> None:
    """A host's reply in that host's words: talking, chosen, not now."""
    _post("projects/mail/answer_replied.txt", answer, at, words=words)


def post_search_over(answer: LeaderAnswer, *, found: bool, at: datetime) -> None:
    """The search is over: somebody was found, or the group goes on as it is; thanks for all."""
    _post("projects/mail/search_over.txt", answer, at, found=found)


def _post(template: str, answer: LeaderAnswer, at: datetime, **context: object) -> None:
    project = answer.project
    page = absolute("projects:project", project.territory.slug, project.public_id)
    post_to(
        answer.person,
        project.territory,
        template,
        {"answer": answer, "project": project, "page": page, **context},
        key=f"leader-answer:{answer.public_id}:{answer.state}:{at.timestamp():.6f}",
        at=at,
    )


def post_named(leadership: Leadership, *, at: datetime) -> None:
    """Tell the person whom a host named as the one who carries the project."""
    project, person = leadership.project, leadership.person
    assert person is not None, "nobody is named without a person"
    post_to(
        person,
        project.territory,
        "projects/mail/named.txt",
        {
            "project": project,
            "leadership": leadership,
            "page": absolute("projects:project", project.territory.slug, project.public_id),
        },
        key=f"leader-named:{leadership.public_id}",
        at=at,
    )


def post_to_hosts(project: Project, *, at: datetime) -> None:
    """Tell each host, once a day a project at most, that somebody waits for a call."""
    territory, day = project.territory, timezone.localdate(at)
    page = absolute("projects:leader", territory.slug, project.public_id)
    for host in hosts_with_address(territory):
        post_to(
            host,
            territory,
            "projects/mail/to_hosts.txt",
            {"project": project, "page": page},
            key=f"leader-answers:{project.public_id}:{host.public_id}:{day}",
            at=at,
        )


def post_leaderless(project: Project, *, at: datetime) -> None:
    """Tell each host, once a day at most, that sheets came in which name nobody who would lead."""
    territory, day = project.territory, timezone.localdate(at)
    page = absolute("projects:board", territory.slug)
    for host in hosts_with_address(territory):
        post_to(
            host,
            territory,
            "projects/mail/leaderless.txt",
            {"project": project, "page": f"{page}?show=leader-wanted"},
            key=f"leaderless:{territory.public_id}:{host.public_id}:{day}",
            at=at,
        )
