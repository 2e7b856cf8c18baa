"""Who holds a project, pauses, and what is found to look after."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import Count
from django.utils import timezone

from essor.exchanges.models import Commitment, Need
from essor.exchanges.states import HOLDING
from essor.kit.locks import lock
from essor.ledger.actions import Named, action, nothing_changed, record, step
from essor.ledger.models import Audience
from essor.people.models import Person
from essor.projects.models import Leadership, Membership, Project
from essor.projects.network_pace import Network
from essor.projects.pace import walk
from essor.projects.silences import silences
from essor.projects.stages import way_of
from essor.support.models import Contact, Finding, Pause
from essor.support.rules import OTHERS
from essor.support.silence import is_long, left_alone
from essor.territories.models import Territory

Kind = Finding.Kind
MANY = 3
"""From so many projects on, one person who leads them all is a risk for each of them."""
YOUNG = (Project.Stage.SHEET, Project.Stage.GROUP)
"""Here one person alone is no risk yet: the group is still forming."""
Found = tuple[str, int | None, int | None]
"""Kind, project's key, person's key."""


class NotOfTheTeam(Exception):
    """Only somebody with a role in the territory holds a project."""


class DayPassed(Exception):
    """A pause ends on a day to come."""


@action
def hold_project(
    *, project: Project, person: Person | None, by: Person | None, at: datetime
) -> Contact | None:
    """``person`` of the team holds the project from now on; None: nobody. Raises ``NotOfTheTeam``."""
    project = lock(project)
    if person and not person.roles.filter(territory=project.territory_id).exists():
        raise NotOfTheTeam
    known = Contact.objects.filter(project=project, until=None).first()
    if (known.person_id if known else None) == (person.pk if person else None):
        nothing_changed()
        return known
    if known is not None:
        known.until = at
        known.save(update_fields=["until"])
    held = Contact.objects.create(project=project, person=person, since=at) if person else None
    _record(project, "project_held", by, at)
    return held


@action
def pause(*, project: Project, until: date, why: str, by: Person | None, at: datetime) -> Pause:
    """Leave the project alone until a day; a pause that lives gets the new day and reason.

    Raises ``DayPassed``.
    """
    if until <= timezone.localtime(at).date():
        raise DayPassed
    project = lock(project)
    Pause.objects.filter(project=project, ended_at=None).update(ended_at=at)
    made = Pause.objects.create(
        project=project, until=until, why=why.strip()[:400], since=at, by=by
    )
    Finding.objects.filter(project=project, kind=Kind.SILENT).delete()
    _record(project, "paused", by, at)
    return made


@action
def end_pause(*, project: Project, by: Person | None, at: datetime) -> None:
    """Count on the project again from now on; where nothing rests, nothing changes."""
    project = lock(project)
    if not Pause.objects.filter(project=project, ended_at=None).update(ended_at=at):
        nothing_changed()
        return
    _record(project, "pause_ended", by, at)


def _record(project: Project, verb: str, by: Named | None, at: datetime) -> None:
    # Of the territory and not of the project: what the team does about a project is no sign of life
    # of its own.
    record(
        by=by, at=at, verb=verb, of=project.territory, territory=project.territory,
        audience=Audience.TEAM, part_of=project,
    )  # fmt: skip


@action
def look_after(
    *, territory: Territory, by: Named | None, at: datetime, network: Network | None = None
) -> int:
    """Find which projects are silent, and what hangs on one alone; how many findings changed.

    With a ``network``, stages of few projects lean on what all territories know.
    """
    lock(territory)
    silent = _silent(territory, at, network)
    found = {_key(each): each for each in (*silent, *_alone(territory, at))}
    known = {_key(each): each for each in Finding.objects.filter(territory=territory)}
    gone = [each.pk for key, each in known.items() if key not in found]
    new = [each for key, each in found.items() if key not in known]
    moved = [each for key, each in found.items() if key in known and _moved(known[key], each)]
    if not (gone or new or moved):
        nothing_changed()
        return 0
    _write(known, gone, new, moved)
    record(
        by=by, at=at, verb="looked_after", of=territory, territory=territory,
        audience=Audience.TEAM, data={"new": len(new), "gone": len(gone)},
    )  # fmt: skip
    return len(gone) + len(new) + len(moved)


def _key(finding: Finding) -> Found:
    return finding.kind, finding.project_id, finding.person_id


def _moved(known: Finding, found: Finding) -> bool:
    silent = known.kind == Kind.SILENT and known.since != found.since
    return silent or (known.count, known.share) != (found.count, found.share)


@step
def _write(
    known: dict[Found, Finding], gone: list[int], new: list[Finding], moved: list[Finding]
) -> None:
    Finding.objects.filter(pk__in=gone).delete()
    Finding.objects.bulk_create(new, batch_size=500)
    for each in moved:
        each.pk = known[_key(each)].pk
    Finding.objects.bulk_update(moved, ["since", "count", "share"], batch_size=500)


def _silent(territory: Territory, at: datetime, network: Network | None) -> Iterable[Finding]:
    """Projects that are silent for long at their stage, but those left alone."""
    long = [each for each in silences(walk(territory, at), network) if is_long(each)]
    today = timezone.localtime(at).date()
    alone = left_alone([each.key for each in long], today)
    for each in long:
        if each.key not in alone:
            yield Finding(
                territory=territory, kind=Kind.SILENT, project_id=each.key, since=each.last,
                share=None if each.share is None else round(each.share, 2),
            )  # fmt: skip


def _alone(territory: Territory, at: datetime) -> Iterable[Finding]:
    """What hangs on one alone: a project's only partner, its only member, who leads several."""
    awake = {"project__territory": territory, "project__condition": Project.Condition.AWAKE}
    partners = (
        Commitment.objects.filter(need__kind=Need.Kind.PARTNER, state__in=HOLDING, **awake)
        .values_list("project")
        .annotate(n=Count("person", distinct=True))
    )
    for project, _n in partners.filter(n=1).order_by("project"):
        yield _finding(territory, Kind.ONE_PARTNER, at, project=project, count=1)
    way = way_of(territory)
    members = (
        Membership.objects.filter(**awake)
        .exclude(project__stage__in=way.keys_like(*YOUNG))
        .exclude(part__in=OTHERS)
    )
    groups = members.values_list("project").annotate(n=Count("person"))
    for project, _n in groups.filter(n=1).order_by("project"):
        yield _finding(territory, Kind.ONE_PERSON, at, project=project, count=1)
    leading = (
        Leadership.objects.filter(until=None, person__isnull=False, **awake)
        .values_list("person")
        .annotate(n=Count("project"))
    )
    for person, count in leading.filter(n__gte=MANY).order_by("person"):
        yield _finding(territory, Kind.MANY_PROJECTS, at, person=person, count=count)


def _finding(
    territory: Territory, kind: str, at: datetime, *, count: int,
    project: int | None = None, person: int | None = None,
) -> Finding:  # fmt: skip
    return Finding(
        territory=territory, kind=kind, project_id=project, person_id=person, since=at, count=count
    )
