"""Reads about committees: who sat over a file, who stood aside, who was not there."""

from dataclasses import dataclass, field

from django.db.models import Prefetch, QuerySet

from essor.people.models import Person
from essor.support.models import Committee, CommitteeMember, ProjectFile, Voice
from essor.territories.models import Territory

Kind = Voice.Kind


@dataclass(frozen=True, slots=True)
class Seat:
    """A member beside a file: who, in whose name, and what they said of it."""

    person: Person
    comes_from: str
    voice: Voice | None


@dataclass(frozen=True, slots=True)
class Sitting:
    """Who sat over a file: those who spoke, those who read it, those aside, those not there."""

    spoke: list[Seat] = field(default_factory=list)
    read: list[Seat] = field(default_factory=list)
    aside: list[Seat] = field(default_factory=list)
    absent: list[Seat] = field(default_factory=list)


def sitting_over(file: ProjectFile) -> Sitting:
    """Two queries, however many sit."""
    voices = {each.person_id: each for each in file.voices.select_related("person")}
    found = Sitting()
    for member in members_of(file.committee):
        voice = voices.get(member.person_id)
        kind = voice.kind if voice else ""
        group = {"": found.absent, Kind.FREE: found.read, Kind.ASIDE: found.aside}
        group.get(kind, found.spoke).append(Seat(member.person, member.comes_from, voice))
    return found


def members_of(committee: Committee) -> list[CommitteeMember]:
    """Who sits on it, the first named first."""
    found = CommitteeMember.objects.filter(committee=committee, left_at=None)
    return list(found.select_related("person").order_by("named_at", "id"))


def committees_of(territory: Territory, member: Person | None = None) -> QuerySet[Committee]:
    """The latest first, each with its files; with ``member`` only those on which they sit."""
    files = ProjectFile.objects.select_related("project").order_by("frozen_at", "id")
    found = Committee.objects.filter(territory=territory)
    if member is not None:
        found = found.filter(members__person=member, members__left_at=None)
    return found.prefetch_related(Prefetch("files", files)).order_by("-on", "-id")


def files_of(committee: Committee, member: Person | None) -> list[ProjectFile]:
    """A committee's files, each with ``said``: how many spoke, and ``mine``: what ``member`` said."""
    files = list(
        committee.files.select_related("project")
        .prefetch_related("voices")
        .order_by("frozen_at", "id")
    )
    silent = {Kind.FREE.value, Kind.ASIDE.value}
    for file in files:
        voices = list(file.voices.all())
        mine = [each for each in voices if member and each.person_id == member.pk]
        file.said = sum(each.kind not in silent for each in voices)  # type: ignore[attr-defined]
        file.mine = mine[0] if mine else None  # type: ignore[attr-defined]
    return files
