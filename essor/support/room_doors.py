"""How a private room and what is in it are found, and to whom they open.

The room of a project opens to hosts, to whoever leads it, and for reading to browsers that came by
a secret link which opens now: an ended link closes also where it is open.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from essor.kit import clock
from essor.people.models import Person
from essor.projects.leading import leads
from essor.projects.models import Project
from essor.support.actions.room_links import opens
from essor.support.doors import known_here
from essor.support.models import (
    BudgetLine,
    KeyDate,
    Pledge,
    PrivateRoom,
    RoomFile,
    RoomLink,
)
from essor.territories.doors import Opens, Rights
from essor.territories.models import Territory

T = TypeVar("T", BudgetLine, KeyDate, RoomFile, RoomLink)

ROOM = "room_link"
"""The kind of key that a browser holds for a secret link it opened (``Visitor.give_key``)."""


def room_of(project: Project) -> PrivateRoom | None:
    """The project's private room, open or closed."""
    room = PrivateRoom.objects.filter(project=project).first()
    if room is not None:
        room.project = project
    return room


def keeper(rights: Rights, project: Project) -> Person | None:
    """Who leads the project, signed in or known by the link of one of its mails."""
    known = known_here(rights, project)
    return known if leads(known, project) else None


def keeps_it(rights: Rights, *, project: Project, **others: Any) -> bool:
    """Whoever leads the project."""
    return keeper(rights, project) is not None


def came_by_link(rights: Rights, project: Project) -> bool:
    """Whether this browser opened a secret link to the project's room that opens it now."""
    held = rights.visitor.held(ROOM)
    if not held:
        return False
    links = RoomLink.objects.filter(public_id__in=held, room__project=project, revoked_at=None)
    at = clock.now()
    return any(opens(link, at) for link in links.select_related("room__project").order_by("id"))


def reads_it(rights: Rights, *, project: Project, **others: Any) -> bool:
    """Whoever leads the project, and partners with a link that opens now."""
    return keeps_it(rights, project=project) or came_by_link(rights, project)


def keeps_its_room(rights: Rights, *, pledge: Pledge, **others: Any) -> bool:
    """Whoever leads the project to which it was pledged."""
    return keeps_it(rights, project=pledge.room.project)


def in_its_room(model: type[T]) -> Callable[[Rights, Project, str], T | None]:
    """Looks up what lies in a project's room, by its public id."""

    def find(rights: Rights, project: Project, key: str) -> T | None:
        found = model._default_manager.filter(room__project=project, public_id=key)
        thing = found.select_related("room").first()
        if thing is not None:
            thing.room.project = project
        return thing

    return find


def find_pledge(rights: Rights, territory: Territory, key: str) -> Pledge | None:
    """A pledge by the public id of its commitment; the route's policy says who may pass."""
    found = Pledge.objects.select_related(
        "commitment__person", "commitment__project", "room__project", "line"
    )
    pledge = found.filter(commitment__territory=territory, commitment__public_id=key).first()
    if pledge is not None:
        pledge.commitment.territory = pledge.room.project.territory = territory
    return pledge


a_line = Opens("line", in_its_room(BudgetLine))
a_date = Opens("key_date", in_its_room(KeyDate))
a_room_file = Opens("room_file", in_its_room(RoomFile))
a_room_link = Opens("room_link", in_its_room(RoomLink))
a_pledge = Opens("pledge", find_pledge)
