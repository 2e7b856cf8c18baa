"""The example's three moments: before the evening, the evening itself, the day after.

The demonstration opens before the evening. The other moments are made with the product's own
actions, as a host team and four hundred people would; *start again* throws all of it away.
"""

from datetime import datetime, timedelta
from itertools import cycle

from django.conf import settings
from django.utils.timezone import localdate

from essor.challenges.models import Challenge
from essor.choosing.models import Vote
from essor.evenings.actions.conducting import start_phase
from essor.evenings.actions.day_after import write_day_after
from essor.evenings.actions.evening import move_evening
from essor.evenings.actions.tables import hand_in_table, note_idea, sheet_of_table
from essor.evenings.models import Evening, HeadCount, Phase, Pulse, Registration, Table
from essor.evenings.queries.day_after import day_after
from essor.exchanges.actions.commitments import promise
from essor.exchanges.actions.needs import Asked, write_need
from essor.exchanges.forms.needs import BROUGHT_AS
from essor.exchanges.models import Introduction
from essor.harvest.models import Harvest
from essor.kit.models import Mail
from essor.ledger.actions import Named, action, record
from essor.people.models import Account, Organisation, Person
from essor.portal.demo.leaving import stay_in_touch, tell_confidence
from essor.portal.demo.life import person_of
from essor.portal.demo.words import COMMITMENTS, IDEAS, NEEDS, SHEETS
from essor.projects.actions.leading import CallWords, call_for_leader
from essor.projects.actions.sheets import save_sheet
from essor.projects.models import SHEET_FIELDS, Project
from essor.support.models import Cohort, Committee

BEFORE, DURING, AFTER = "before", "during", "after"
ARRIVING, NO_SHOWS_AMONG, PROMISING = 0.92, 12, 60
MINUTES_INTO_THE_SHEET = 12


class NotFromHere(Exception):
    """The example goes forward only: before, during, after; to go back one starts again."""


class NotADemonstration(Exception):
    """Only a demonstration may forget its people."""


def moment_of(evening: Evening) -> str:
    """Which of its three moments the example is at."""
    return {Evening.State.LIVE: DURING, Evening.State.OVER: AFTER}.get(
        Evening.State(evening.state), BEFORE
    )


def begin_evening(evening: Evening, *, at: datetime) -> None:
    """The doors have opened: most people are here, the tables are at their sheets."""
    if moment_of(evening) != BEFORE:
        raise NotFromHere
    host = person_of("host")
    sheet_phase = Phase.objects.get(evening=evening, kind=Phase.Kind.SHEET)
    start_phase(
        evening=evening, phase=sheet_phase, seen=str(evening.phase_id or ""), by=host,
        at=at - timedelta(minutes=MINUTES_INTO_THE_SHEET),
    )  # fmt: skip
    let_people_in(evening=evening, by=host, at=at)
    evening.refresh_from_db()
    _say_ideas(evening, at)
    _write_sheets(evening, at)
    _promise(evening, at)
    tell_confidence(evening, Pulse.Moment.BEFORE, by=host, at=at)


def end_example(evening: Evening, *, at: datetime) -> None:
    """The evening is over and each person was written to."""
    if moment_of(evening) != DURING:
        raise NotFromHere
    host = person_of("host")
    move_evening(evening=evening, to=Evening.State.OVER, by=host, at=at)
    evening.refresh_from_db()
    tell_confidence(evening, Pulse.Moment.AFTER, by=host, at=at)
    stay_in_touch(evening, at=at)
    _need(evening, at)
    write_day_after(evening=evening, recipients=day_after(evening).to_write, by=host, at=at)


@action
def let_people_in(*, evening: Evening, by: Person, at: datetime) -> int:
    """Nine of ten invented people arrive within half an hour; two head counts disagree a little."""
    expected = list(
        Registration.objects.filter(
            evening=evening, state=Registration.State.REGISTERED, arrived_at=None
        ).order_by("id")
    )
    coming = [one for n, one in enumerate(expected) if n % NO_SHOWS_AMONG]
    for n, one in enumerate(coming):
        one.arrived_at = at - timedelta(minutes=75) + timedelta(seconds=5 * n)
        one.arrived_by = by
    Registration.objects.bulk_update(coming, ["arrived_at", "arrived_by"])
    HeadCount.objects.create(
        evening=evening, people=len(coming) + 7, how="à l’œil, depuis la scène", by=by, at=at
    )
    record(by=by, at=at, verb="example_people_came", of=evening, territory=evening.territory,
           room=evening.room, data={"people": len(coming)})  # fmt: skip
    return len(coming)


def _say_ideas(evening: Evening, at: datetime) -> None:
    tables = cycle(
        evening.tables.filter(state=Table.State.OPEN).select_related("evening__territory")
    )
    for n, (text, table) in enumerate(zip(IDEAS, tables, strict=False)):
        note_idea(table=table, text=text, by=None, at=at - timedelta(seconds=40 * n))


def _write_sheets(evening: Evening, at: datetime) -> None:
    for short, title, *texts in SHEETS:
        challenge = Challenge.objects.get(territory=evening.territory, short=short, invented=True)
        table = (
            evening.tables.filter(challenges=challenge, project=None, state=Table.State.OPEN)
            .select_related("evening__territory")
            .first()
        )
        if table is None:
            continue
        origin = f"Table {table.number}, {evening.name}"
        project = sheet_of_table(table=table, origin=origin, by=None, at=at)
        save_sheet(
            sheet=project.sheet,
            texts=dict(zip(SHEET_FIELDS, texts, strict=True)),
            marks={},
            by=None,
            at=at,
            room=evening.room,
        )
        table.refresh_from_db()
        hand_in_table(table=table, title=title, by=None, at=at, origin=origin)
        mark_invented(project=project, by=None, at=at)
        if "recherché" in texts[3]:
            call_for_leader(project=project, words=_call(at), by=person_of("host"), at=at)


def _call(at: datetime) -> CallWords:
    """What a table without a leader asks."""
    today = localdate(at)
    return CallWords(
        "La table l’a imaginé ; personne n’y est libre pour le porter.",
        "Une demi-journée par semaine pour commencer ; l’équipe d’animation vous épaule.",
        today,
        today + timedelta(days=60),
        "La table et l’équipe d’animation",
    )


@action
def mark_invented(*, project: Project, by: Named | None, at: datetime) -> Project:
    """Say in the database that a project of the example is made up."""
    project.refresh_from_db()
    project.invented = True
    project.save(update_fields=["invented"])
    record(by=by, at=at, verb="example_marked", of=project, territory=project.territory)
    return project


def _promise(evening: Evening, at: datetime) -> None:
    projects = list(Project.objects.filter(table__evening=evening, invented=True).order_by("id"))
    here = Registration.objects.filter(evening=evening, arrived_at__isnull=False)
    people = here.select_related("person").order_by("code")[:PROMISING]
    spread = zip(people, cycle(COMMITMENTS), cycle([*projects, None]), strict=False)
    for n, (registration, promised, project) in enumerate(spread):
        kind, what, quantity, days, condition = promised
        until = localdate(at) + timedelta(days=days) if days else None
        promise(
            territory=evening.territory, project=project, person=registration.person, kind=kind,
            what=what, quantity=quantity, until=until, condition=condition, origin=evening.room,
            by=registration.person, at=at - timedelta(seconds=20 * n),
        )  # fmt: skip


def _need(evening: Evening, at: datetime) -> None:
    """What the invented projects need, and the parts that people brought already."""
    projects = list(Project.objects.filter(table__evening=evening, invented=True).order_by("id"))
    here = Registration.objects.filter(evening=evening, arrived_at__isnull=False)
    people = cycle(each.person for each in here.select_related("person").order_by("-code")[:20])
    for project, (kind, title, many, unit, condition, parts) in zip(
        projects, cycle(NEEDS), strict=False
    ):
        asked = Asked(kind, title, quantity=many, unit=unit, condition=condition)
        need = write_need(project=project, asked=asked, by=None, at=at)
        for units in parts if need.project_helps else ():
            person = next(people)
            promise(
                territory=evening.territory, person=person, need=need, units=units, what=title,
                kind=BROUGHT_AS.get(need.kind, "resource"),
                quantity=f"{units} {unit}".strip() if need.is_counted else "", by=person, at=at,
            )  # fmt: skip


@action
def forget_example(*, evening: Evening, by: Named | None, at: datetime) -> None:
    """Throw the example away: its evening, challenges, projects, mails, and everybody.

    Whoever registered while trying it goes too: nobody in a demonstration is real. Raises
    ``NotADemonstration`` anywhere else.
    """
    if not settings.DEMO:
        raise NotADemonstration
    territory = evening.territory
    people = Person.objects.all()
    record(by=by, at=at, verb="example_forgotten", of=evening, territory=territory)
    Project.objects.filter(territory=territory, invented=True).delete()
    evening.delete()
    Challenge.objects.filter(territory=territory, invented=True).delete()
    Harvest.objects.filter(territory=territory).delete()
    Vote.objects.filter(territory=territory).delete()
    Cohort.objects.filter(territory=territory).delete()
    Committee.objects.filter(territory=territory).delete()
    Introduction.objects.filter(territory=territory).delete()
    Mail.objects.all().delete()
    territory.sphere_targets.all().delete()
    accounts = Account.objects.filter(person__in=people)
    account_ids = list(accounts.values_list("pk", flat=True))
    people.delete()
    Account.objects.filter(pk__in=account_ids).delete()
    Organisation.objects.filter(person=None).delete()
