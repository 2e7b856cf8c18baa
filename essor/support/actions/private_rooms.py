"""A project's private room: opening and closing it, its budget, its dates, its files."""

from dataclasses import dataclass
from datetime import date, datetime

from django.core.files.storage import default_storage
from django.db import transaction

from essor.kit.locks import lock
from essor.ledger.actions import Named, action, nothing_changed, record
from essor.ledger.models import Audience
from essor.projects.models import Project
from essor.support.models import BudgetLine, KeyDate, PrivateRoom, RoomFile
from essor.support.money import MOST_EUROS

MOST_LINES, MOST_DATES, MOST_FILES = 40, 40, 15
LONGEST_WORDS = 6_000


class NotPublished(Exception):
    """A sheet that is being written has no partners yet."""


class RoomClosed(Exception):
    """The room takes nothing any more."""


class RoomFull(Exception):
    """As many lines, dates or files as a room holds are there."""


class MoreIsThere(Exception):
    """A line asks for no less than what is found and pledged already: ``there`` euros."""

    def __init__(self, there: int) -> None:
        super().__init__(there)
        self.there = there


class LineGone(Exception):
    """Somebody else dropped the line meanwhile."""


class PledgesStand(Exception):
    """Somebody pledged to this line: it stays until they are told."""


@dataclass(frozen=True, slots=True)
class LineSaid:
    """A line of the budget as people write it, in whole euros."""

    label: str
    needed: int
    found: int = 0


@action
def open_room(
    *, project: Project, words: str, sum_shown: str, by: Named | None, at: datetime
) -> PrivateRoom:
    """Open the project's room, or word it anew, or open it again. Raises ``NotPublished``.

    A room that opens again has no links: those of before ended when it closed.
    """
    project = lock(project)
    if project.published_at is None:
        raise NotPublished
    said = {"words": words.strip()[:LONGEST_WORDS], "sum_shown": PrivateRoom.Sum(sum_shown)}
    room = PrivateRoom.objects.filter(project=project).first()
    if room is None:
        room = PrivateRoom.objects.create(project=project, opened_at=at, **said)
        _record(room, "private_room_opened", by, at)
        return room
    verb = "private_room_opened" if room.closed_at else "private_room_worded"
    if not room.closed_at and all(getattr(room, key) == value for key, value in said.items()):
        nothing_changed()
        return room
    room.words, room.sum_shown, room.closed_at = said["words"], said["sum_shown"], None
    room.save(update_fields=["words", "sum_shown", "closed_at"])
    _record(room, verb, by, at)
    return room


@action
def close_room(*, room: PrivateRoom, by: Named | None, at: datetime) -> PrivateRoom:
    """Close it: its links end, nobody pledges there; pledges go on. Closing twice is the same."""
    room = lock(room)
    if room.closed_at is not None:
        nothing_changed()
        return room
    room.closed_at = at
    room.save(update_fields=["closed_at"])
    room.links.filter(revoked_at=None).update(revoked_at=at)
    _record(room, "private_room_closed", by, at)
    return room


@action
def write_line(
    *,
    room: PrivateRoom,
    said: LineSaid,
    by: Named | None,
    at: datetime,
    line: BudgetLine | None = None,
) -> BudgetLine:
    """Say what costs how much, and what is there already; ``line`` is changed where it is given.

    Raises ``MoreIsThere``, ``LineGone``, ``RoomClosed`` and ``RoomFull``.
    """
    label = " ".join(said.label.split())[:160]
    needed, found = min(max(said.needed, 1), MOST_EUROS), max(said.found, 0)
    if line is None:
        room = _open(room)
        if found > needed:
            raise MoreIsThere(found)
        if room.lines.count() >= MOST_LINES:
            raise RoomFull
        line = BudgetLine.objects.create(room=room, label=label, needed=needed, found=found)
        _record(room, "budget_line_written", by, at)
        return line
    line = _there(line)
    if (line.label, line.needed, line.found) == (label, needed, found):
        nothing_changed()
        return line
    if needed < found + line.held:
        raise MoreIsThere(found + line.held)
    line.label, line.needed, line.found = label, needed, found
    line.save(update_fields=["label", "needed", "found"])
    _record(room, "budget_line_written", by, at)
    return line


@action
def drop_line(*, line: BudgetLine, by: Named | None, at: datetime) -> None:
    """Take a line away; one to which somebody pledged stays. Raises ``PledgesStand``, ``LineGone``."""
    line = _there(line)
    if line.held:
        raise PledgesStand
    room = line.room
    line.delete()
    _record(room, "budget_line_dropped", by, at)


@action
def set_date(*, room: PrivateRoom, day: date, what: str, by: Named | None, at: datetime) -> KeyDate:
    """A day that partners should know. Raises ``RoomClosed`` and ``RoomFull``."""
    room = _open(room)
    if room.dates.count() >= MOST_DATES:
        raise RoomFull
    made = KeyDate.objects.create(room=room, day=day, what=" ".join(what.split())[:200])
    _record(room, "key_date_set", by, at)
    return made


@action
def drop_date(*, key_date: KeyDate, by: Named | None, at: datetime) -> None:
    """Take a day away."""
    room = key_date.room
    key_date.delete()
    _record(room, "key_date_dropped", by, at)


@action
def add_file(
    *,
    room: PrivateRoom,
    title: str,
    file: str,
    kind: str,
    size: int,
    by: Named | None,
    at: datetime,
) -> RoomFile:
    """Show a stored file (``papers.store_paper``) to partners. Raises ``RoomClosed`` and ``RoomFull``."""
    room = _open(room)
    if room.files.count() >= MOST_FILES:
        raise RoomFull
    added = RoomFile.objects.create(
        room=room, title=" ".join(title.split())[:160], file=file, kind=kind, size=size,
        added_at=at,
    )  # fmt: skip
    _record(room, "room_file_added", by, at)
    return added


@action
def remove_file(*, room_file: RoomFile, by: Named | None, at: datetime) -> None:
    """Take a file away; it leaves the disk once that is kept."""
    room, name = room_file.room, room_file.file
    room_file.delete()
    transaction.on_commit(lambda: default_storage.delete(name))
    _record(room, "room_file_removed", by, at)


def _there(line: BudgetLine) -> BudgetLine:
    """The line, locked. Raises ``LineGone``."""
    try:
        return lock(line)
    except BudgetLine.DoesNotExist as gone:
        raise LineGone from gone


def _open(room: PrivateRoom) -> PrivateRoom:
    """The room, locked, while it is open."""
    room = lock(room)
    if room.closed_at is not None:
        raise RoomClosed
    return room


def _record(room: PrivateRoom, verb: str, by: Named | None, at: datetime) -> None:
    project = room.project
    record(
        by=by, at=at, verb=verb, of=room, territory=project.territory, audience=Audience.TEAM,
        part_of=project,
    )  # fmt: skip
