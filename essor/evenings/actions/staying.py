"""The table stays: staying reachable, its keeper, writing to each other, leaving, resting."""

from datetime import datetime

from essor.evenings.models import Staying, Table, TableLetter
from essor.evenings.staying_letters import post_stays, post_to_each
from essor.evenings.staying_rules import may_write
from essor.kit.locks import lock
from essor.ledger.actions import Named, action, nothing_changed, record
from essor.people.actions import tell_address
from essor.people.models import Person
from essor.projects.actions.projects import follow

LONGEST_LETTER = 2_000


class NoAddress(Exception):
    """Somebody without an address cannot be reached through the table."""


class Rests(Exception):
    """The host team let this table rest: nobody is written to any more."""


class NothingWritten(Exception):
    """A letter says something."""


class NotAtThisTable(Exception):
    """The keeper is somebody who sat at the table or stays there."""


@action
def stay_at_table(
    *,
    table: Table,
    person: Person,
    offers_to_keep: bool,
    by: Named | None,
    at: datetime,
    email: str = "",
) -> Staying:
    """``person`` stays reachable through the table and follows its project. Raises ``NoAddress``.

    Asked again, the offer to keep the table together is what was said last. ``email`` is kept for
    whoever had given none.
    """
    if email and not person.email:
        tell_address(person=person, email=email, by=by, at=at)
    if not person.email:
        raise NoAddress
    staying, new = Staying.objects.get_or_create(
        table=table,
        person=person,
        defaults={"offers_to_keep": offers_to_keep, "since": at},
    )
    came = new or staying.left_at is not None
    if not came and staying.offers_to_keep == offers_to_keep:
        nothing_changed()
        return staying
    staying.table, staying.person = table, person
    staying.offers_to_keep, staying.left_at = offers_to_keep, None
    staying.since = at if came else staying.since
    staying.save(update_fields=["offers_to_keep", "left_at", "since"])
    if came:
        post_stays(staying, at=at)
        if table.project is not None:
            follow(project=table.project, person=person, by=by, at=at)
    _line("stays_at_table", table, by=by or person, at=at)
    return staying


@action
def leave_table(*, staying: Staying, by: Named | None, at: datetime) -> Staying:
    """No more mails from this table; whoever kept it together keeps it no more."""
    staying.refresh_from_db(fields=["left_at"])
    if staying.left_at is not None:
        nothing_changed()
        return staying
    staying.left_at, staying.offers_to_keep = at, False
    staying.save(update_fields=["left_at", "offers_to_keep"])
    Table.objects.filter(pk=staying.table_id, keeper=staying.person_id).update(keeper=None)
    _line("left_table", staying.table, by=by or staying.person, at=at)
    return staying


@action
def agree_on_keeper(
    *, table: Table, person: Person | None, by: Named | None, at: datetime
) -> Table:
    """The table agrees who keeps it together; None: nobody for now. Raises ``NotAtThisTable``."""
    evening = table.evening
    if person is not None and not _belongs(table, person):
        raise NotAtThisTable
    table = lock(table)
    table.evening = evening
    if table.keeper_id == (person.pk if person else None):
        nothing_changed()
        return table
    table.keeper = person
    table.save(update_fields=["keeper"])
    _line("keeper_agreed", table, by=by, at=at)
    return table


def _belongs(table: Table, person: Person) -> bool:
    sits = person.registrations.filter(seats__table=table).exists()
    return sits or table.stayings.filter(person=person, left_at=None).exists()


@action
def write_to_table(*, staying: Staying, text: str, by: Named | None, at: datetime) -> TableLetter:
    """Write to everybody who stays at the table; each gets one mail, in which nobody's address is.

    Raises ``Rests`` and ``NothingWritten``.
    """
    table = staying.table
    text = text.replace("\r\n", "\n").strip()[:LONGEST_LETTER]
    if not text:
        raise NothingWritten
    table.refresh_from_db(fields=["rests_at"])
    if not may_write(staying):
        raise Rests
    letter = TableLetter.objects.create(table=table, writer=staying.person, text=text, at=at)
    others = (
        table.stayings.filter(left_at=None, person__erased_at=None)
        .exclude(person=staying.person_id)
        .select_related("person")
        .order_by("id")
    )
    sent = post_to_each(letter, list(others), at=at)
    _line("table_written", table, by=by or staying.person, at=at, mails=sent)
    return letter


@action
def rest_table(*, table: Table, rests: bool, by: Named | None, at: datetime) -> Table:
    """The host team lets the table rest, or wakes it: its people write to each other no more."""
    evening = table.evening
    table = lock(table)
    table.evening = evening
    if (table.rests_at is not None) == rests:
        nothing_changed()
        return table
    table.rests_at = at if rests else None
    table.save(update_fields=["rests_at"])
    _line("table_rests" if rests else "table_awake", table, by=by, at=at)
    return table


def _line(verb: str, table: Table, *, by: Named | None, at: datetime, **data: object) -> None:
    evening = table.evening
    record(
        by=by,
        at=at,
        verb=verb,
        of=table,
        territory=evening.territory,
        room=evening.room,
        data={"table": table.number, **data},
    )
