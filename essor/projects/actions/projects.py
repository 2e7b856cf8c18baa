"""A project's public life: handed in, named, followed."""

from collections.abc import Iterable
from datetime import datetime

from essor.kit.locks import lock
from essor.ledger.actions import Named, action, nothing_changed, record
from essor.ledger.models import Audience
from essor.people.models import Person
from essor.projects.actions.leading import call_by_itself
from essor.projects.models import Membership, Project
from essor.projects.rules import names_nobody

TITLE_LENGTH, SUMMARY_LENGTH, PLACE_LENGTH = 200, 400, 120


class EmptySheet(Exception):
    """A sheet without a proposal and without a photograph says nothing yet."""


class NoTitle(Exception):
    """A project has a title."""


@action
def hand_in(
    *,
    project: Project,
    people: Iterable[Person],
    by: Named | None,
    at: datetime,
    title: str = "",
    room: str = "",
    data: dict[str, object] | None = None,
) -> Project:
    """Publish the sheet as a project with its address for life; ``people`` become its group.

    Handing in again takes up newcomers of the table and leaves title and date as they are. A sheet
    that names nobody who would lead opens a call for a leader by itself, the first time. Raises
    ``EmptySheet``.
    """
    project = lock(project)
    sheet = project.sheet
    if not sheet.filled and not sheet.photos.exists():
        raise EmptySheet
    first = project.published_at is None
    if first:
        project.published_at = at
        project.title = cut(
            title.strip() or first_line(sheet.proposal or sheet.dream), TITLE_LENGTH
        )
        project.summary = project.summary or _summary_of(sheet.proposal, sheet.dream)
        project.save(update_fields=["published_at", "title", "summary"])
        sheet.handed_in_at = at
        sheet.save(update_fields=["handed_in_at"])
    joined = _join(project, people, at)
    if not first and not joined:
        nothing_changed()
        return project
    record(
        by=by,
        at=at,
        verb="handed_in" if first else "group_grew",
        of=project,
        territory=project.territory,
        audience=Audience.PUBLIC if first else Audience.TEAM,
        room=room,
        data=data,
    )
    if first and names_nobody(sheet):
        call_by_itself(project=project, by=by, at=at)
    return project


def _join(project: Project, people: Iterable[Person], at: datetime) -> int:
    known = set(project.memberships.values_list("person_id", flat=True))
    new = [
        Membership(project=project, person=person, part=Membership.Part.TABLE, since=at)
        for person in people
        if person.pk not in known
    ]
    Membership.objects.bulk_create(new)
    return len(new)


def first_line(text: str) -> str:
    """The first line that says something, without the dash or dot that people write before it."""
    lines = (line.strip().lstrip("-–—•*·> ").strip() for line in text.splitlines())
    return next((line for line in lines if line), "")


def cut(text: str, length: int) -> str:
    """At most ``length`` characters, cut between words, with an ellipsis where something is cut."""
    if len(text) <= length:
        return text
    kept = text[: length - 1]
    return (kept.rsplit(" ", 1)[0] if " " in kept else kept).rstrip(" ,;:.") + "…"


def _summary_of(proposal: str, dream: str) -> str:
    """What comes after the proposal's first line; the dream where nothing does."""
    rest = " ".join(proposal.strip().split("\n")[1:]).strip()
    return cut(" ".join((rest or dream).split()), SUMMARY_LENGTH)


@action
def entitle(
    *,
    project: Project,
    title: str,
    summary: str,
    by: Named | None,
    at: datetime,
    track: str = "",
    place: str | None = None,
) -> Project:
    """Word title and summary, say the track (blank: as it was) and where it is at work (None: the
    same). Raises ``NoTitle``."""
    title, summary = title.strip()[:TITLE_LENGTH], summary.strip()[:SUMMARY_LENGTH]
    if not title:
        raise NoTitle
    project = lock(project)
    track = track or project.track
    place = project.place if place is None else " ".join(place.split())[:PLACE_LENGTH]
    words = {"title": title, "summary": summary, "track": track, "place": place}
    if all(getattr(project, name) == value for name, value in words.items()):
        nothing_changed()
        return project
    for name, value in words.items():
        setattr(project, name, value)
    project.save(update_fields=list(words))
    record(by=by, at=at, verb="entitled", of=project, territory=project.territory)
    return project


@action
def follow(*, project: Project, person: Person, by: Named | None, at: datetime) -> Membership:
    """``person`` wants to hear what becomes of the project."""
    membership, new = Membership.objects.get_or_create(
        project=project,
        person=person,
        defaults={"part": Membership.Part.FOLLOWER, "since": at},
    )
    if not new and membership.follows:
        nothing_changed()
        return membership
    membership.follows = True
    membership.save(update_fields=["follows"])
    record(
        by=by or person,
        at=at,
        verb="followed",
        of=project,
        territory=project.territory,
        audience=Audience.PERSON,
    )
    return membership


@action
def unfollow(*, project: Project, person: Person, by: Named | None, at: datetime) -> None:
    """No more news of this project; having been at its table stays true."""
    ended = Membership.objects.filter(project=project, person=person, follows=True)
    if not ended.update(follows=False):
        nothing_changed()
        return
    record(
        by=by or person,
        at=at,
        verb="unfollowed",
        of=project,
        territory=project.territory,
        audience=Audience.PERSON,
    )
