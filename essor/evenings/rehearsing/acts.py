"""What invented people do: for each phase, how far they are at a share (0 to 1) of its time.

Every act brings the evening up to where it should be and never beyond: called late it catches up,
called twice it does nothing twice. All of it goes through the same actions as real people's.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from math import ceil

from essor.evenings.actions.conducting import call_table
from essor.evenings.actions.door import check_in
from essor.evenings.actions.remote import join_remotely
from essor.evenings.actions.tables import deepen_idea, hand_in_table, note_idea, sheet_of_table
from essor.evenings.models import Evening, Phase, Registration, Rehearsal, Table
from essor.evenings.queries.screen import commitments_of
from essor.evenings.rehearsing.stage import LEFT_FOR_YOU
from essor.evenings.rehearsing.words import IDEAS, PROMISES, SHEET
from essor.exchanges.actions.commitments import promise
from essor.people.models import Person
from essor.projects.actions.sheets import save_sheet
from essor.projects.models import SHEET_FIELDS, Project

SILENT_IDEAS, ALL_IDEAS, ALL_PROMISES = 2, 4, 10
HANDED_IN_FROM = 0.85
"""The share of the sheet's time from which tables hand in."""


@dataclass(frozen=True, slots=True)
class Moment:
    """Where the play is: its rehearsal, the evening, the share of the phase that is over."""

    rehearsal: Rehearsal
    evening: Evening
    share: float
    by: Person | None
    at: datetime


def expected_at_door(evening: Evening) -> list[Registration]:
    """Invented people who have not come yet and come to the hall, in the order they come."""
    waiting = evening.registrations.filter(
        state=Registration.State.REGISTERED, arrived_at=None, remote=False, person__invented=True
    )
    return list(waiting.select_related("person", "evening__territory").order_by("id"))


def arrive(now: Moment) -> None:
    """People come through the door, all but the few who are left for the team."""
    hall = now.evening.registrations.filter(remote=False, person__invented=True)
    coming = hall.count() - LEFT_FOR_YOU
    here = hall.filter(arrived_at__isnull=False).count()
    due = ceil(coming * min(1.0, now.share * 1.25)) - here
    for registration in expected_at_door(now.evening)[: max(0, min(due, coming - here))]:
        check_in(registration=registration, by=now.by or registration.person, at=now.at)
    far = now.evening.registrations.filter(remote=True, arrived_at=None, person__invented=True)
    if now.share >= 0.5:
        for registration in far.select_related("person", "evening__territory").order_by("id"):
            join_remotely(registration=registration, by=registration.person, at=now.at)


def ideas(most: int) -> Callable[[Moment], None]:
    def say(now: Moment) -> None:
        wanted = ceil(most * now.share)
        for table in tables_of(now.evening):
            said = table.ideas.count()
            for n in range(said, min(wanted, most)):
                text = str(IDEAS[(table.number * 3 + n) % len(IDEAS)])
                note_idea(table=table, text=text, by=None, at=now.at)

    return say


def choose(now: Moment) -> None:
    """Each table but the team's deepens one of its ideas."""
    if now.share < 0.4:
        return
    for table in played(now):
        idea = table.ideas.filter(hidden=False).order_by("id").first()
        if table.chosen_id is None and idea is not None:
            idea.table = table
            deepen_idea(idea=idea, by=None, at=now.at)


def write_sheets(now: Moment) -> None:
    """The sheets fill field by field; near the end they are handed in. Nobody's words are touched."""
    fields = SHEET_FIELDS[: ceil(len(SHEET_FIELDS) * min(1.0, now.share / HANDED_IN_FROM))]
    for table in played(now):
        if table.done_at is not None:
            continue
        project = sheet_of_table(table=table, origin="", by=None, at=now.at)
        blank = {f: str(SHEET[f]) for f in fields if f in SHEET and not getattr(project.sheet, f)}
        if blank:
            save_sheet(
                sheet=project.sheet, texts=blank, marks={}, by=None, at=now.at,
                room=now.evening.room,
            )  # fmt: skip
    if now.share >= HANDED_IN_FROM:
        hand_in(now)


def hand_in(now: Moment) -> None:
    for table in played(now):
        if table.done_at is None and table.project is not None and table.project.sheet.filled:
            hand_in_table(table=table, title="", by=None, at=now.at)


def commit(now: Moment) -> None:
    """What was not handed in is; then promises come in, to one project after the other."""
    write_sheets(Moment(now.rehearsal, now.evening, 1.0, now.by, now.at))
    projects = list(Project.objects.filter(table__evening=now.evening).order_by("id"))
    made = commitments_of(now.evening).filter(person__invented=True).count()
    people = list(
        Person.objects.filter(
            registrations__evening=now.evening, registrations__arrived_at__isnull=False,
            invented=True,
        ).order_by("id")[:ALL_PROMISES]
    )  # fmt: skip
    for n in range(made, min(ceil(ALL_PROMISES * now.share), len(people)) if projects else 0):
        kind, what = PROMISES[n % len(PROMISES)]
        promise(
            territory=now.evening.territory, person=people[n], kind=kind, what=str(what),
            project=projects[n % len(projects)], origin=now.evening.room, by=people[n], at=now.at,
        )  # fmt: skip


def share_out(now: Moment) -> None:
    """Tables are called one after the other, unless somebody of the team conducts."""
    if now.evening.conductor_id is not None:
        return
    pitches = [table for table in tables_of(now.evening) if table.done_at is not None]
    if not pitches:
        return
    turn = min(len(pitches) - 1, int(now.share * len(pitches)))
    if now.evening.pitching_id != pitches[turn].pk:
        call_table(evening=now.evening, table=pitches[turn], by=now.by, at=now.at)


def tables_of(evening: Evening) -> list[Table]:
    found = evening.tables.filter(state=Table.State.OPEN)
    tables = list(found.select_related("project__sheet", "chosen").order_by("number"))
    for table in tables:
        table.evening = evening
        if table.project is not None:
            table.project.territory = evening.territory
    return tables


def played(now: Moment) -> list[Table]:
    """The tables that invented people hold: the first few are the team's own."""
    return [table for table in tables_of(now.evening) if table.number > now.rehearsal.yours]


ACTS: dict[str, Callable[[Moment], None]] = {
    Phase.Kind.WELCOME: arrive,
    Phase.Kind.SILENT: ideas(SILENT_IDEAS),
    Phase.Kind.SHARE: ideas(ALL_IDEAS),
    Phase.Kind.CHOOSE: choose,
    Phase.Kind.SHEET: write_sheets,
    Phase.Kind.COMMIT: commit,
    Phase.Kind.SHARE_OUT: share_out,
}
SCENES: dict[str, str] = {
    Phase.Kind.WELCOME: Evening.Scene.WELCOME,
    Phase.Kind.SHARE: Evening.Scene.IDEAS,
    Phase.Kind.COMMIT: Evening.Scene.COMMITMENTS,
    Phase.Kind.THANKS: Evening.Scene.THANKS,
}
"""What the screen shows as a phase begins; the timer in all others."""
