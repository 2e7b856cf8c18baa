"""A batch as it is kept: its sheets, its mapping, and the comparison that they give today."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from essor.evenings.listing.compare import Comparison, compare
from essor.evenings.listing.line import Line, LineReader
from essor.evenings.listing.mapping import Known, guess_mapping, known_title, signature
from essor.evenings.listing.origin import service_of
from essor.evenings.listing.words import ChallengeWords, SphereWords
from essor.evenings.models import ColumnMapping, Evening, ImportBatch
from essor.evenings.queries.seats import seats_left
from essor.kit.sheets import Sheet, Table, find_table
from essor.people.models import Sphere

State = ImportBatch.State


def kept_tables(sheets: Iterable[Sheet]) -> dict[str, Any]:
    """What a batch keeps of a file; the sheet with the most lines is the one to begin with."""
    tables = [(sheet, find_table(sheet, known_title)) for sheet in sheets]
    sizes = [len(table.lines) for _, table in tables]
    return {
        "chosen": sizes.index(max(sizes)),
        "sheets": [
            {
                "name": sheet.name,
                "unvalued": sheet.unvalued,
                "header": table.header,
                "header_line": table.header_line,
                "lines": table.lines,
                "signature": signature(table),
                "service": service_of(table.header) if table.header_line is not None else "",
            }
            for sheet, table in tables
        ],
    }


def chosen(batch: ImportBatch) -> dict[str, Any]:
    """The sheet of the file that is imported."""
    sheet: dict[str, Any] = batch.table["sheets"][batch.table["chosen"]]
    return sheet


def table_of(batch: ImportBatch) -> Table:
    sheet = chosen(batch)
    lines = [(number, cells) for number, cells in sheet["lines"]]
    return Table(sheet["header"], sheet["header_line"], lines)


def blank_columns(table: Table) -> list[str]:
    """The columns in which nothing stands, whose meaning nobody could see."""
    return [
        str(column)
        for column in range(len(table.header))
        if not any(cells[column] for _, cells in table.lines)
    ]


def known_of(evening: Evening, mapping: dict[str, Any]) -> Known:
    """What the evening knows, with the host's corrections. Three queries."""
    return Known(
        ChallengeWords(
            tuple(evening.challenges.order_by("short", "id")), mapping.get("challenges", {})
        ),
        SphereWords(
            {sphere.code: sphere for sphere in Sphere.objects.all()}, mapping.get("spheres", {})
        ),
        tuple(evening.questions.all()),
    )


def first_mapping(batch: ImportBatch) -> dict[str, Any]:
    """The mapping remembered for files with these columns, else a guess.

    What is remembered of other evenings may name challenges and questions that this one has not;
    those columns are guessed again, and so are those in which nothing stood then.
    """
    table, evening = table_of(batch), batch.evening
    known = known_of(evening, {})
    guessed = guess_mapping(table, known)
    remembered = ColumnMapping.objects.filter(
        territory=evening.territory, signature=chosen(batch)["signature"]
    ).first()
    if remembered is None:
        return {"columns": {str(column): key for column, key in guessed.items()}}
    here = {f"challenge:{each.public_id}" for each in known.challenges.challenges}
    here |= {f"question:{question.pk}" for question in known.questions}
    columns = {
        column: key
        for column, key in remembered.mapping.get("columns", {}).items()
        if ":" not in key or key in here
    }
    lost = set(remembered.mapping.get("columns", {})) - set(columns)
    waited = set(remembered.mapping.get("blank", [])) - set(columns)
    known_meanings = set(columns.values())
    columns |= {
        str(n): key
        for n, key in guessed.items()
        if (str(n) in lost and ":" in key) or (str(n) in waited and key not in known_meanings)
    }
    return {
        "columns": columns,
        "spheres": remembered.mapping.get("spheres", {}),
        "remembered": True,
    }


def lines_of(batch: ImportBatch, *, today: date) -> list[Line]:
    """Every line as it will be imported, with what is doubtful in it."""
    columns = {int(column): key for column, key in batch.mapping.get("columns", {}).items()}
    known = known_of(batch.evening, batch.mapping)
    lines = list(LineReader(table_of(batch), columns, known, today).lines())
    if batch.mapping.get("all_facilitate"):
        lines = [replace(line, facilitator=True, said=f"f{line.said[1:]}") for line in lines]
    return lines


def said_before(batch: ImportBatch) -> dict[str, str]:
    """What earlier versions of this list said, by key: the latest word on each line."""
    said: dict[str, str] = {}
    applied = batch.evening.import_batches.filter(state=State.APPLIED).order_by("applied_at", "id")
    mine = chosen(batch)["signature"]
    for result in applied.values_list("result", flat=True):
        if result.get("signature") == mine:
            said |= result.get("said", {})
    return said


def comparison_of(batch: ImportBatch, *, today: date) -> Comparison:
    """The batch beside who is registered now; the number of queries does not grow with its lines."""
    return compare(
        batch.evening, lines_of(batch, today=today), said_before(batch), seats_left(batch.evening)
    )


def earlier_import(batch: ImportBatch) -> ImportBatch | None:
    """The last time that this very file was imported for this evening."""
    same = batch.evening.import_batches.filter(digest=batch.digest, state=State.APPLIED)
    return same.order_by("-applied_at").first()
