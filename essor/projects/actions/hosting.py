"""Every write about hosting: an organisation carries contracts for a project, and no longer."""

from datetime import date, datetime

from django.utils import timezone

from essor.kit.locks import lock
from essor.ledger.actions import Named, action, record
from essor.ledger.models import Audience
from essor.projects.models import Hosting, Project


class HostingWithoutWords(Exception):
    """A hosting says who carries what; its end says what comes next."""


class DaysReversed(Exception):
    """The last day comes before the first, or the end of what has ended lies ahead."""


class HostingOver(Exception):
    """This hosting has ended already."""


@action
def begin_hosting(
    *,
    project: Project,
    name: str,
    carries: str,
    since: date,
    by: Named | None,
    at: datetime,
    until: date | None = None,
) -> Hosting:
    """The organisation ``name`` carries ``carries`` for the project, until a day where one is agreed.

    Raises ``HostingWithoutWords`` and ``DaysReversed``.
    """
    name, carries = name.strip()[:200], carries.strip()[:400]
    if not name or not carries:
        raise HostingWithoutWords
    if until is not None and until < since:
        raise DaysReversed
    hosting = Hosting.objects.create(
        project=project, name=name, carries=carries, since=since, until=until, created_at=at
    )
    _record(hosting, "hosting_began", by, at)
    return hosting


@action
def end_hosting(
    *, hosting: Hosting, until: date, what_next: str, by: Named | None, at: datetime
) -> Hosting:
    """The hosting ended on ``until``; ``what_next`` says who carries now what it carried.

    Raises ``HostingWithoutWords``, ``DaysReversed`` and ``HostingOver``.
    """
    what_next = what_next.strip()
    if not what_next:
        raise HostingWithoutWords
    hosting = lock(hosting)
    if hosting.ended_at is not None:
        raise HostingOver
    if until < hosting.since or until > timezone.localdate(at):
        raise DaysReversed
    hosting.until, hosting.ended_at, hosting.what_next = until, at, what_next
    hosting.save(update_fields=["until", "ended_at", "what_next"])
    _record(hosting, "hosting_ended", by, at)
    return hosting


def _record(hosting: Hosting, verb: str, by: Named | None, at: datetime) -> None:
    record(
        by=by,
        at=at,
        verb=verb,
        of=hosting.project,
        territory=hosting.project.territory,
        audience=Audience.PUBLIC,
        data={"hosting": hosting.public_id},
    )
