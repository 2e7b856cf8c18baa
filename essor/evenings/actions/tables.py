"""At the table: its sheet, its ideas, handing in."""

from datetime import datetime

from essor.challenges.actions.feeding import pass_on
from essor.challenges.models import Challenge
from essor.evenings.idea_rules import device_mark, in_silence
from essor.evenings.models import Dot, Table, TableIdea
from essor.evenings.queries.staying import staying_at
from essor.evenings.queries.tables import people_of, was_under_way
from essor.kit.locks import lock
from essor.ledger.actions import Named, action, nothing_changed, record
from essor.ledger.models import Audience
from essor.projects.actions.projects import hand_in
from essor.projects.actions.sheets import open_sheet
from essor.projects.models import Project

LONGEST_IDEA = 280


class NoWords(Exception):
    """An idea says something."""


class NotNow(Exception):
    """Ideas are said while the evening is under way."""


@action
def sheet_of_table(*, table: Table, origin: str, by: Named | None, at: datetime) -> Project:
    """The project whose sheet this table writes, made the first time it is needed."""
    if table.project is not None:  # it never changes
        nothing_changed()
        return table.project
    evening = table.evening
    table = lock(table)
    if table.project is not None:
        nothing_changed()
        return table.project
    challenges = list(table.challenges.prefetch_related("themes").order_by("id"))
    themes = {theme.pk: theme for each in challenges for theme in each.themes.all()}
    project = open_sheet(
        territory=evening.territory,
        origin=origin,
        themes=tuple(themes.values()),
        track=track_of(challenges),
        room=evening.room,
        by=by,
        at=at,
    )
    table.project = project
    table.save(update_fields=["project"])
    return project


def track_of(challenges: list[Challenge]) -> str:
    """A table helps a project that exists as soon as one of its challenges does."""
    boosts = any(each.track == Challenge.Track.BOOST for each in challenges)
    return Challenge.Track.BOOST if boosts else Challenge.Track.IMAGINE


@action
def note_idea(
    *, table: Table, text: str, by: Named | None, at: datetime, table_only: bool = False
) -> TableIdea:
    """An idea said at the table; the big screen shows it. ``table_only``: no harvest gets it.

    ``at`` is when it was said: one that waited on a phone without network comes in after the
    evening too, if it was said before its end. Raises ``NoWords`` and ``NotNow``.
    """
    text = " ".join(text.split())
    if not text:
        raise NoWords
    if not was_under_way(table.evening, at):
        raise NotNow
    idea = TableIdea.objects.create(
        table=table,
        text=text[:LONGEST_IDEA],
        table_only=table_only,
        silent=in_silence(table.evening),
        at=at,
    )
    _record("idea_said", idea, table, by=by, at=at)
    return idea


@action
def hide_idea(*, idea: TableIdea, hidden: bool, by: Named | None, at: datetime) -> TableIdea:
    """Take an idea off the screen, or show it again; it stays with its table."""
    if idea.hidden == hidden:
        nothing_changed()
        return idea
    idea.hidden = hidden
    idea.save(update_fields=["hidden"])
    _record("idea_hidden" if hidden else "idea_shown", idea, idea.table, by=by, at=at)
    return idea


@action
def ask_for_help(*, table: Table, wanted: bool, by: Named | None, at: datetime) -> Table:
    """The table waits for somebody of the team, or no longer does."""
    changed = Table.objects.filter(pk=table.pk, help_asked_at__isnull=wanted).update(
        help_asked_at=at if wanted else None
    )
    table.refresh_from_db(fields=["help_asked_at"])
    if not changed:
        nothing_changed()
        return table
    verb = "help_asked" if wanted else "help_came"
    evening = table.evening
    record(by=by, at=at, verb=verb, of=table, territory=evening.territory, room=evening.room,
           data={"table": table.number})  # fmt: skip
    return table


class TooManyDots(Exception):
    """This device has given all its marks at this table."""


DOTS_A_DEVICE = 3


@action
def mark_idea(
    *, idea: TableIdea, device: str, marked: bool, by: Named | None, at: datetime
) -> TableIdea:
    """Give the idea one of this device's three marks, or take it back. Raises ``TooManyDots``."""
    table = lock(idea.table)
    mark = device_mark(table, device)
    given = Dot.objects.filter(idea__table=table, mark=mark)
    if given.filter(idea=idea).exists() == marked:
        nothing_changed()
        return idea
    if not marked:
        given.filter(idea=idea).delete()
    elif given.count() >= DOTS_A_DEVICE:
        raise TooManyDots
    else:
        Dot.objects.create(idea=idea, mark=mark)
    # Nobody's name: the line says that the table's marks changed, not who changed them.
    _record("idea_marked", idea, table, by=None, at=at)
    return idea


@action
def deepen_idea(*, idea: TableIdea, by: Named | None, at: datetime) -> TableIdea:
    """The table deepens this idea; choosing another one later is a matter of one more tap."""
    table = lock(idea.table)
    if table.chosen_id == idea.pk:
        nothing_changed()
        return idea
    table.chosen = idea
    table.save(update_fields=["chosen"])
    _record("idea_chosen", idea, table, by=by, at=at)
    return idea


def _record(verb: str, idea: TableIdea, table: Table, *, by: Named | None, at: datetime) -> None:
    evening = table.evening
    record(
        by=by,
        at=at,
        verb=verb,
        of=idea,
        territory=evening.territory,
        audience=Audience.TEAM,
        room=evening.room,
        data={"table": table.number},
    )


@action
def hand_in_table(
    *, table: Table, title: str, by: Named | None, at: datetime, origin: str = ""
) -> Project:
    """The table is done: its sheet becomes a project, its people the project's first group, and the
    ideas behind its challenges hear that they became this project.

    Raises ``projects.actions.projects.EmptySheet``.
    """
    evening = table.evening
    project = sheet_of_table(table=table, origin=origin, by=by, at=at)
    around = [person.registration.person for person in people_of(table)]
    around += [staying.person for staying in staying_at(table)]
    people = {person.pk: person for person in around}.values()
    project = hand_in(
        project=project,
        people=people,
        title=title,
        room=evening.room,
        data={"table": table.number, "evening": evening.public_id},
        by=by,
        at=at,
    )
    Table.objects.filter(pk=table.pk, done_at=None).update(done_at=at)
    pass_on(challenges=list(table.challenges.all()), project=project, by=by, at=at)
    return project
