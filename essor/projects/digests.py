"""What digests tell of projects: to their group, and to whoever follows them."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime

from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from essor.kit.letters import repeated
from essor.ledger.models import Entry
from essor.news.kinds import Follower, Key, Kind, Thing, Tie, followed, tells
from essor.news.listening import listens
from essor.people.models import Person
from essor.projects.actions.projects import follow, unfollow
from essor.projects.models import Hosting, LeaderCall, Membership, Project, StageChange
from essor.projects.nearby import address_of
from essor.projects.stages import Way, way_of
from essor.projects.states import Condition
from essor.territories.models import Territory

WHY = 400
MOVED = "stage_changed"
LEADING = ("leader_wanted", "leader_found", "leader_left", "leader_search_ended")


def followers(ids: Collection[str]) -> Iterator[Follower]:
    """Those of the group or the table who did not say that they hear enough, and followers."""
    found = Membership.objects.filter(project__public_id__in=ids, follows=True).order_by("id")
    for of_id, person, since, part in found.values_list(
        "project__public_id", "person", "since", "part"
    ):
        tie = Tie.FOLLOWS if part == Membership.Part.FOLLOWER else Tie.TABLE
        yield Follower(of_id, person, since, tie)


def mine(person: Person) -> list[str]:
    found = Membership.objects.filter(person=person, follows=True).order_by("-since", "-id")
    return list(found.values_list("project__public_id", flat=True))


def things(ids: Collection[str]) -> dict[str, Thing]:
    """Published projects by public id."""
    found = Project.objects.filter(public_id__in=ids, published_at__isnull=False)
    return {
        each.public_id: Thing(
            str(each), address_of(each), each.territory.public_id, each.territory.name
        )
        for each in found.select_related("territory")
    }


def public(ids: Collection[str]) -> list[str]:
    found = Project.objects.filter(public_id__in=ids, published_at__isnull=False)
    return list(found.order_by("id").values_list("public_id", flat=True))


def moves(lines: Sequence[Entry]) -> Mapping[int, str]:
    """Where each project went and why, as its host wrote it."""
    whys = dict(
        StageChange.objects.filter(
            pk__in=[line.data.get("change", 0) for line in lines]
        ).values_list("pk", "why")
    )
    here = Territory.objects.filter(public_id__in={line.territory for line in lines})
    ways = {each.public_id: way_of(each) for each in here.order_by("id")}
    said = {}
    for line in lines:
        why = Truncator(repeated(whys.get(line.data.get("change", 0), ""))).chars(WHY)
        said[line.pk] = f"{_move(line, ways[line.territory])} {why}".strip()
    return said


def _move(line: Entry, way: Way) -> str:
    condition, before = line.data.get("condition", ""), line.data.get("from", {})
    if condition == before.get("condition"):
        stage = way.stage(line.data["stage"])
        return _("it is now at the stage “%(stage)s”.") % {"stage": stage.name}
    words = {
        Condition.AWAKE: _("it starts again."),
        Condition.ASLEEP: _("it rests for now."),
        Condition.MERGED: _("it joined another project."),
        Condition.STOPPED: _("it was stopped."),
    }
    return words.get(Condition(condition), "")


def searches(lines: Sequence[Entry]) -> Mapping[int, str]:
    """That a project looks for its leader, with what it asks today; found one; lost one; or not.

    Nobody is named: a mail that was sent cannot forget a name.
    """
    here = {line.of_id for line in lines}
    calls = LeaderCall.objects.filter(project__public_id__in=here, ended_at=None)
    asked = dict(calls.values_list("project__public_id", "asked"))
    said = {}
    for line in lines:
        words = asked.get(line.of_id, "") if line.verb == "leader_wanted" else ""
        offer = Truncator(repeated(words)).chars(WHY)
        said[line.pk] = f"{_search(line)} {offer}".strip()
    return said


def _search(line: Entry) -> str:
    if line.verb == "leader_left" and not line.data.get("wanted"):
        return _("one of those who carried it handed it over.")
    words = {
        "leader_wanted": _("it is looking for who will carry it."),
        "leader_found": _("it found who will carry it."),
        "leader_left": _("who carried it handed it over: it is looking for who will carry it."),
        "leader_search_ended": _("it no longer looks for a leader."),
    }
    return words[line.verb]


def hostings(lines: Sequence[Entry]) -> Mapping[int, str]:
    """Which organisation carries contracts for a project, or no longer does, and what comes next."""
    known = {
        each.public_id: each
        for each in Hosting.objects.filter(
            public_id__in={line.data.get("hosting", "") for line in lines}
        )
    }
    said = {}
    for line in lines:
        hosting = known.get(line.data.get("hosting", ""))
        if hosting is None:
            continue
        began = line.verb == "hosting_began"
        words = _("%(name)s hosts it.") if began else _("%(name)s no longer hosts it.")
        more = Truncator(repeated(hosting.carries if began else hosting.what_next)).chars(WHY)
        said[line.pk] = f"{words % {'name': hosting.name}} {more}".strip()
    return said


def beginnings(lines: Sequence[Entry]) -> Mapping[int, str]:
    """A project was handed in: its summary."""
    found = Project.objects.filter(public_id__in={line.of_id for line in lines})
    words = {each.public_id: Truncator(repeated(each.summary)).chars(WHY) for each in found}
    born = _("its table handed in the project sheet.")
    return {line.pk: f"{born} {words.get(line.of_id, '')}".strip() for line in lines}


def photographs(lines: Sequence[Entry]) -> Mapping[int, str]:
    return {line.pk: _("the paper sheet was photographed.") for line in lines}


def its_project(line: Entry) -> Key:
    """The project that a line of an upper room belongs to: it is told under it."""
    return "project", line.part_of


def stop(person: Person, of_id: str, at: datetime) -> None:
    project = Project.objects.filter(public_id=of_id).first()
    if project is not None:
        unfollow(project=project, person=person, by=person, at=at)


def start(person: Person, of_id: str, at: datetime) -> None:
    project = Project.objects.filter(public_id=of_id).first()
    if project is not None:
        follow(project=project, person=person, by=person, at=at)


followed(Kind("project", gettext_lazy("Project"), followers, mine, things, stop, start, public))
listens(
    "projects.membership",
    still=lambda person: Membership.objects.filter(person=person, follows=True).exists(),
    only=lambda person: (
        not Membership.objects.filter(person=person).exclude(part=Membership.Part.FOLLOWER).exists()
    ),
)
tells("project", [MOVED], moves)
tells("project", LEADING, searches)
tells("project", ["hosting_began", "hosting_ended"], hostings)
tells("project", ["handed_in"], beginnings, in_territory=True)
tells("project", ["photo_added"], photographs)
