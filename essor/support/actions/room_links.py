"""Secret links to a private room: one for each partner, shown once, ended by a day or a tap."""

import secrets
from datetime import date, datetime, timedelta

from django.utils import timezone

from essor.kit.locks import lock
from essor.ledger.actions import Named, action, nothing_changed, record, record_each
from essor.ledger.models import Audience
from essor.people.actions import digest_of
from essor.people.models import Person
from essor.support.actions.private_rooms import RoomClosed, RoomFull
from essor.support.models import PrivateRoom, RoomLink, RoomOpening

MOST_LINKS = 60
LONGEST = timedelta(days=366)
KEPT = timedelta(days=365)
"""For how long a link that ended is remembered, with how often it was opened."""


class WrongDay(Exception):
    """A link ends on a day to come, within a year."""


class NoSuchLink(Exception):
    """No link that opens now: unknown, ended, past its day, or its room closed. Never says which."""


@action
def make_room_link(
    *, room: PrivateRoom, name: str, until: date, by: Person | None, at: datetime
) -> tuple[RoomLink, str]:
    """A link for one partner with its token, which is kept nowhere in clear.

    Raises ``RoomClosed``, ``RoomFull`` and ``WrongDay``.
    """
    today = timezone.localdate(at)
    if not today <= until <= today + LONGEST:
        raise WrongDay
    room = lock(room)
    if room.closed_at is not None:
        raise RoomClosed
    if room.links.filter(revoked_at=None, until__gte=today).count() >= MOST_LINKS:
        raise RoomFull
    token = secrets.token_urlsafe(24)
    link = RoomLink.objects.create(
        room=room, name=" ".join(name.split())[:120], digest=digest_of(token), until=until,
        made_by=by, made_at=at,
    )  # fmt: skip
    _record(link, "room_link_made", by, at)
    return link, token


@action
def end_room_link(*, room_link: RoomLink, by: Named | None, at: datetime) -> RoomLink:
    """From now on the link opens nothing, also where it is open; ending twice is the same."""
    link = lock(room_link)
    if link.revoked_at is not None:
        nothing_changed()
        return link
    link.revoked_at = at
    link.save(update_fields=["revoked_at"])
    _record(link, "room_link_ended", by, at)
    return link


def read_room_link(*, token: str, at: datetime) -> RoomLink:
    """The link of this token where it opens now; nothing is counted. Raises ``NoSuchLink``."""
    found = RoomLink.objects.select_related("room__project__territory")
    link = found.filter(digest=digest_of(token), revoked_at=None).first()
    if link is None or not opens(link, at):
        raise NoSuchLink
    return link


def opens(link: RoomLink, at: datetime) -> bool:
    """Whether the link opens its room now; the room and its project must have been fetched."""
    in_time = timezone.localdate(at) <= link.until
    return link.revoked_at is None and in_time and link.room.is_open


@action
def count_opening(*, room_link: RoomLink, by: Named | None, at: datetime) -> RoomOpening:
    """That it was opened, and when; nothing else is kept."""
    opening = RoomOpening.objects.create(link=room_link, at=at)
    _record(room_link, "room_link_opened", None, at)
    return opening


@action
def forget_links(*, before: datetime, by: Named | None, at: datetime) -> int:
    """Links that ended long ago go, with their openings; how many."""
    gone = list(RoomLink.objects.filter(until__lt=timezone.localdate(before)))
    if not gone:
        nothing_changed()
        return 0
    RoomLink.objects.filter(pk__in=[each.pk for each in gone]).delete()
    record_each(by=by, at=at, verb="room_link_forgotten", of=[(each, {}) for each in gone])
    return len(gone)


def _record(link: RoomLink, verb: str, by: Named | None, at: datetime) -> None:
    project = link.room.project
    record(
        by=by, at=at, verb=verb, of=link, territory=project.territory, audience=Audience.TEAM,
        part_of=project,
    )  # fmt: skip
