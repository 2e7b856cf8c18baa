"""Mails about pledges, to whoever leads the project; its funder hears by the digest."""

from datetime import datetime

from essor.ledger.actions import Named
from essor.people.actions import make_link
from essor.people.links import link_address
from essor.people.models import Person
from essor.support.letters import absolute, leaders_of, page_of
from essor.support.models import Pledge
from essor.territories.letters import post_to
from essor.territories.queries import hosts_with_address

ROOM_LINK = "private_room"
"""The purpose of the personal link that opens a project's private room for whoever leads it."""


def post_pledged(pledge: Pledge, *, by: Named | None, at: datetime) -> None:
    """Tell whoever leads the project, now; where nobody does, the hosts."""
    _post_to_project("support/mail/pledged.txt", "pledged", pledge, by, at)


def post_pledge_near(pledge: Pledge, *, by: Named | None, at: datetime) -> None:
    """Tell them that its day is near and nothing was said of it."""
    day = pledge.commitment.until
    _post_to_project("support/mail/pledge_near.txt", f"pledge-near:{day}", pledge, by, at)


def post_lapsed(pledge: Pledge, *, at: datetime) -> None:
    """Tell whoever leads that it lapsed; the funder hears as of every promise (``exchanges``)."""
    project = pledge.room.project
    context: dict[str, object] = {**_context(pledge), "address": page_of(project)}
    for person in leaders_of(project):
        key = f"pledge-lapsed:{pledge.pk}:{person.public_id}"
        post_to(
            person, project.territory, "support/mail/pledge_lapsed.txt", context, key=key, at=at
        )


def _context(pledge: Pledge) -> dict[str, object]:
    return {
        "pledge": pledge,
        "commitment": pledge.commitment,
        "project": str(pledge.room.project),
        "who": pledge.commitment.person.name,
    }


def _post_to_project(
    template: str, key: str, pledge: Pledge, by: Named | None, at: datetime
) -> None:
    project = pledge.room.project
    leaders = leaders_of(project)
    for person in leaders or hosts_with_address(project.territory):
        post_to(
            person,
            project.territory,
            template,
            {**_context(pledge), "address": _address(pledge, person, bool(leaders), by, at)},
            key=f"{key}:{pledge.pk}:{person.public_id}",
            at=at,
        )


def _address(pledge: Pledge, person: Person, leads: bool, by: Named | None, at: datetime) -> str:
    """A personal link for whoever leads, who may have no account; the room itself for hosts."""
    project = pledge.room.project
    if not leads:
        return absolute("support:room", project.territory.slug, project.public_id)
    token = make_link(person=person, purpose=ROOM_LINK, subject=project.public_id, by=by, at=at)
    return link_address(token)
