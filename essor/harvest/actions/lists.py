"""Many ideas at once: typed, pasted or in a file, read for their preview."""

import hashlib
from datetime import datetime
from typing import Any

from essor.harvest.bringing.columns import guessed, known
from essor.harvest.bringing.compare import AS_SUPPORT
from essor.harvest.bringing.lines import MOST_LINES, pasted
from essor.harvest.models import Harvest, Idea, IdeaList, Picture, Source
from essor.harvest.rules import team_may_add
from essor.kit.lists.life import drop, fresh, looked_at, same_open
from essor.kit.sheets import find_table, read_workbook
from essor.ledger.actions import action, nothing_changed, record, step
from essor.people.models import Person

State = IdeaList.State


class HarvestOver(Exception):
    """The harvest is closed: nothing comes in any more."""


class NothingToBring(Exception):
    """No line can come in, with these columns."""


class TooManyLines(Exception):
    """More lines than are typed at once; ``lines`` says how many."""

    def __init__(self, lines: int) -> None:
        super().__init__(lines)
        self.lines = lines


@action
def read_paste(
    *,
    source: Source,
    text: str,
    by: Person | None,
    at: datetime,
    picture: Picture | None = None,
) -> IdeaList:
    """Read typed or pasted words, one line an idea, for their preview.

    The same words from the same source that still wait are the same list. Raises
    ``HarvestOver``, ``NothingToBring`` and ``TooManyLines``.
    """
    harvest = source.harvest
    rows = pasted(text)
    check_open(harvest)
    if not rows:
        raise NothingToBring
    if len(rows) > MOST_LINES:
        raise TooManyLines(len(rows))
    way = Idea.Way.PICTURE if picture else Idea.Way.TYPED
    return _waiting_or_new(
        harvest,
        source,
        {"lines": rows},
        _digest(text.encode()),
        way=way,
        picture=picture,
        by=by,
        at=at,
    )


@action
def read_file(
    *,
    harvest: Harvest,
    source: Source | None,
    data: bytes,
    filename: str,
    by: Person | None,
    at: datetime,
) -> IdeaList:
    """Read a spreadsheet for its preview. Raises ``SheetRefused`` and ``HarvestOver``."""
    check_open(harvest)
    sheets: list[dict[str, Any]] = []
    for sheet in read_workbook(data, name=filename):
        table = find_table(sheet, known)
        titled = table.header_line is not None
        sheets.append(
            {
                "name": sheet.name,
                "header": table.header,
                "titled": titled,
                "lines": table.lines,
                "unvalued": sheet.unvalued,
            }
        )
    longest = max(range(len(sheets)), key=lambda at: len(sheets[at]["lines"]))
    return _waiting_or_new(
        harvest,
        source,
        {"sheets": sheets, "chosen": longest},
        _digest(data),
        way=Idea.Way.FILE,
        filename=filename[-200:],
        by=by,
        at=at,
    )


@step
def _waiting_or_new(
    harvest: Harvest,
    source: Source | None,
    table: dict[str, Any],
    digest: str,
    *,
    way: str,
    by: Person | None,
    at: datetime,
    **more: Any,
) -> IdeaList:
    waiting = same_open(IdeaList.objects.filter(harvest=harvest, source=source), digest)
    if waiting is not None:
        nothing_changed()
        waiting.harvest = harvest
        return waiting
    many = IdeaList(
        harvest=harvest, source=source, table=table, digest=digest, way=way, made_by=by,
        made_at=at, **more,
    )  # fmt: skip
    many.mapping = first_mapping(many)
    many.save()
    write_line("ideas_read", many, by=by, at=at)
    return many


def first_mapping(many: IdeaList) -> dict[str, Any]:
    """Columns as guessed, twins as supports."""
    mapping: dict[str, Any] = {"twins": AS_SUPPORT}
    if "sheets" in many.table:
        sheet = many.table["sheets"][many.table["chosen"]]
        rows = [cells for _, cells in sheet["lines"][:200]]
        header = sheet["header"] if sheet["titled"] else [""] * len(sheet["header"])
        mapping["columns"] = {str(at): kind for at, kind in guessed(header, rows).items()}
    return mapping


@action
def map_list(
    *,
    many: IdeaList,
    columns: dict[int, str],
    twins: str,
    sheet: int,
    by: Person | None,
    at: datetime,
) -> IdeaList:
    """Say what the columns mean and what becomes of twins. Raises ``ListGone``."""
    many = looked_at(many)
    if "sheets" in many.table and sheet != many.table["chosen"]:
        many.table["chosen"] = sheet
        many.mapping = first_mapping(many) | {"twins": twins}
    else:
        many.mapping = {"twins": twins}
        if "sheets" in many.table:
            many.mapping["columns"] = {str(at): kind for at, kind in columns.items() if kind}
    many.save(update_fields=["mapping", "table"])
    write_line("ideas_mapped", many, by=by, at=at)
    return many


@action
def drop_list(*, many: IdeaList, by: Person | None, at: datetime) -> IdeaList:
    """Forget a list without bringing it in; forgetting twice is forgetting once."""
    many = fresh(many)
    if drop(many):
        write_line("ideas_dropped", many, by=by, at=at)
    else:
        nothing_changed()
    return many


def check_open(harvest: Harvest) -> None:
    """Raises ``HarvestOver`` where ideas come in no more."""
    if not team_may_add(harvest):
        raise HarvestOver


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


@step
def write_line(verb: str, many: IdeaList, *, by: Person | None, at: datetime, **data: Any) -> None:
    """The ledger's line of an act on a list."""
    harvest = many.harvest
    record(
        by=by,
        at=at,
        verb=verb,
        of=many,
        territory=harvest.territory,
        data={"harvest": harvest.public_id, **data},
    )
