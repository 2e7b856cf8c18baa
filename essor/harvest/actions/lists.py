"""Many ideas at once: read and previewed first, then brought in whole or not at all."""

import hashlib
from datetime import date, datetime, time
from typing import Any

from django.utils import timezone

from essor.harvest.actions.ideas import Said, keep_ideas
from essor.harvest.bringing.columns import guessed, known
from essor.harvest.bringing.compare import AS_SUPPORT, BAD, Comparison, compared
from essor.harvest.bringing.lines import MOST_LINES, Line, pasted
from essor.harvest.models import Harvest, Idea, IdeaList, Picture, Source, Support
from essor.harvest.rules import team_may_add
from essor.kit.lists.life import drop, fresh, looked_at, same_open
from essor.kit.locks import lock
from essor.kit.sheets import find_table, read_workbook
from essor.ledger.actions import action, nothing_changed, record, step
from essor.people.actions import welcome_person
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
    _check(harvest)
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
    _check(harvest)
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
    _line("ideas_read", many, by=by, at=at)
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
    _line("ideas_mapped", many, by=by, at=at)
    return many


@action
def bring_in(*, many: IdeaList, by: Person | None, at: datetime) -> IdeaList:
    """Keep every line that can come in, under the harvest's lock: all of them or none.

    Lines that came in before stay as they are. Raises ``ListGone``, ``HarvestOver`` and
    ``NothingToBring``.
    """
    harvest = lock(many.harvest)
    harvest.territory = many.harvest.territory
    many = looked_at(many)
    many.harvest = harvest
    _check(harvest)
    comparison = compared(many)
    if len(comparison.of(BAD)) == len(comparison.verdicts):
        raise NothingToBring
    _write(many, comparison, by=by, at=at)
    many.result = {
        "counts": comparison.counts,
        "twins": comparison.twins,
        "left": [
            {"line": each.line.number, "text": each.line.text[:200], "why": each.line.trouble}
            for each in comparison.of(BAD)
        ],
    }
    many.table, many.state, many.applied_at = {}, State.APPLIED, at
    many.save()
    if many.picture is not None:
        many.picture.state = Picture.State.TYPED
        many.picture.save(update_fields=["state"])
    _line("ideas_brought_in", many, by=by, at=at, **comparison.counts)
    return many


@action
def drop_list(*, many: IdeaList, by: Person | None, at: datetime) -> IdeaList:
    """Forget a list without bringing it in; forgetting twice is forgetting once."""
    many = fresh(many)
    if drop(many):
        _line("ideas_dropped", many, by=by, at=at)
    else:
        nothing_changed()
    return many


@step
def _write(many: IdeaList, comparison: Comparison, *, by: Person | None, at: datetime) -> None:
    people = _people([each.line for each in comparison.ideas + comparison.supports], by=by, at=at)
    places = _places(many, [each.line for each in comparison.ideas], at)
    said = [
        Said(
            text=each.line.text,
            detail=each.line.detail,
            author=people.get((each.line.name, each.line.email)),
            nameless=not (each.line.name or each.line.email),
            source=places.get(each.line.place, many.source),
            way=many.way,
            origin=f"list:{each.line.origin}",
            at=_moment(each.line.day or (many.source.held_on if many.source else None), at),
        )
        for each in comparison.ideas
    ]
    made = keep_ideas(harvest=many.harvest, all_said=said, at=at)
    by_key = {idea.key: idea for idea in reversed(made)}
    Support.objects.bulk_create(
        [
            Support(
                idea=each.twin or by_key[each.line.key],
                person=people.get((each.line.name, each.line.email)),
                device=each.line.origin,
                at=at,
            )
            for each in comparison.supports
        ],
        ignore_conflicts=True,
    )


@step
def _people(lines: list[Line], *, by: Person | None, at: datetime) -> dict[tuple[str, str], Person]:
    """One new person for each name and address that the list tells."""
    named = dict.fromkeys((line.name, line.email) for line in lines if line.name or line.email)
    return {
        (name, email): welcome_person(
            first_name=name or email.split("@")[0][:80], email=email, by=by, at=at
        )
        for name, email in named
    }


@step
def _places(many: IdeaList, lines: list[Line], at: datetime) -> dict[str, Source]:
    """The source with each place's name, made where the harvest has none."""
    wanted = dict.fromkeys(line.place for line in lines if line.place)
    known_sources = {source.label: source for source in many.harvest.sources.all()}
    for place in wanted:
        if place not in known_sources:
            known_sources[place] = Source.objects.create(
                harvest=many.harvest,
                kind=Source.Kind.OTHER,
                label=place,
                gathered_by=many.made_by,
                created_at=at,
            )
    return {place: known_sources[place] for place in wanted}


def _moment(day: date | None, at: datetime) -> datetime:
    """Noon of a day that is known and not to come, else now."""
    if day is None or day > timezone.localtime(at).date():
        return at
    return min(at, timezone.make_aware(datetime.combine(day, time(12))))


def _check(harvest: Harvest) -> None:
    if not team_may_add(harvest):
        raise HarvestOver


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _line(verb: str, many: IdeaList, *, by: Person | None, at: datetime, **data: Any) -> None:
    harvest = many.harvest
    record(
        by=by,
        at=at,
        verb=verb,
        of=many,
        territory=harvest.territory,
        data={"harvest": harvest.public_id, **data},
    )
