"""How evenings, registrations and tables are found inside a territory."""

from typing import Any

from essor.evenings.idea_rules import said_aloud
from essor.evenings.models import (
    Evening,
    ImportBatch,
    Registration,
    Rehearsal,
    Staying,
    Table,
    TableIdea,
)
from essor.kit.prepared import within
from essor.projects.models import SheetPhoto, SheetVariant
from essor.territories.doors import Opens, Rights, found_in, holder
from essor.territories.models import Territory

REGISTRATION, TABLE, IDEA, STAYING = "registration", "table", "table_idea", "staying"
"""The kinds of keys that a browser may hold without an account (``Visitor.give_key``)."""

_evening = within(Evening, "territory", "phase")
_table = within(Table, "evening", "project__sheet", "keeper")
_idea = within(TableIdea, "table__evening", "table")


def find_evening(rights: Rights, territory: Territory, key: str) -> Evening | None:
    """An evening by its public id; in preparation, the team alone sees it."""
    evening = _evening.first(territory.pk, key)
    if evening is None:
        return None
    evening.territory = territory
    hidden = evening.state == Evening.State.DRAFT and not rights.is_team
    return None if hidden else evening


def find_table(rights: Rights, evening: Evening, key: str) -> Table | None:
    """A table of this evening by its public id; the route's policy says who may pass."""
    found = _table.first(evening.pk, key)
    if found is not None:
        found.evening = evening
        if found.project is not None:
            found.project.territory = evening.territory
    return found


def find_photo(rights: Rights, table: Table, key: str) -> SheetPhoto | None:
    """A photograph of this table's paper sheet."""
    return SheetPhoto.objects.filter(sheet__project__table=table, public_id=key).first()


def find_variant(rights: Rights, table: Table, key: str) -> SheetVariant | None:
    """A second text that waits, or waited, for a choice on this table's sheet."""
    return (
        SheetVariant.objects.select_related("sheet__project__territory")
        .filter(sheet__project__table=table, public_id=key)
        .first()
    )


def find_idea(rights: Rights, evening: Evening, key: str) -> TableIdea | None:
    """An idea said at one of this evening's tables."""
    found = _idea.first(evening.pk, key)
    if found is not None:
        found.table.evening = evening
    return found


def find_idea_of_it(rights: Rights, table: Table, key: str) -> TableIdea | None:
    """An idea said aloud at this table."""
    found = table.ideas.filter(said_aloud(table.evening), public_id=key).first()
    if found is not None:
        found.table = table
    return found


def find_staying(rights: Rights, table: Table, key: str) -> Staying | None:
    """Somebody who stays reachable through this table, by its public id."""
    found = table.stayings.select_related("person").filter(public_id=key, left_at=None).first()
    if found is not None:
        found.table = table
    return found


def holds_table(rights: Rights, *, table: Table, **others: Any) -> bool:
    """This browser gave the table's code."""
    return rights.holds(TABLE, table.public_id)


holds_registration = holder("registration", REGISTRATION)
holds_staying = holder("staying", STAYING)
find_registration = found_in(Registration, "evening", "person__sphere", "person__organisation")
an_evening = Opens("evening", find_evening)
a_registration = Opens("registration", find_registration)
a_table = Opens("table", find_table)
a_photo = Opens("photo", find_photo)
a_variant = Opens("variant", find_variant)
an_idea = Opens("idea", find_idea)
an_idea_of_it = Opens("idea", find_idea_of_it)
a_staying = Opens("staying", find_staying)
a_list = Opens("batch", found_in(ImportBatch, "evening"))
a_rehearsal = Opens(
    "rehearsal", found_in(Rehearsal, "evening", "stage", "practice"), inside="evening"
)
