"""The child that reads one workbook: bytes on its input, JSON on its output. No Django here."""

import contextlib
import datetime
import html
import io
import json
import re
import resource
import sys
import zipfile
from typing import Any

MEMORY = 1_500_000_000
# Cells as the two formats write them. A formula of XLSX whose result is an empty text says t="str".
CELL = re.compile(rb"<(?:\w+:)?c(\s[^>]*[^/>])?>(.*?)</(?:\w+:)?c>", re.DOTALL)
FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
VALUE = re.compile(rb"<(?:\w+:)?v(?:\s[^>]*)?>[^<]")
SHEET = re.compile(rb"<(?:\w+:)?sheet\s[^>]*>")
RELATION = re.compile(rb"<(?:\w+:)?Relationship\s[^>]*>")
ODS_TABLE = re.compile(rb"(<table:table\s[^>]*>)(.*?)</table:table>", re.DOTALL)
ODS_FORMULA = re.compile(rb"<table:(?:covered-)?table-cell\s[^>]*table:formula=[^>]*>")


def main() -> None:
    limits = json.loads(sys.argv[1])
    with contextlib.suppress(ValueError, OSError):  # where the system cannot limit, it does not
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (limits["seconds"], limits["seconds"]))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    json.dump(answer(sys.stdin.buffer.read(), limits), sys.stdout)


def answer(data: bytes, limits: dict[str, int]) -> dict[str, Any]:
    """The sheets as text, or why they were refused (a key of ``limits.REASONS``)."""
    import python_calamine as calamine  # noqa: PLC0415 - under the limits set above

    try:
        book = calamine.load_workbook(io.BytesIO(data))
    except calamine.PasswordError:
        return {"refused": "locked"}
    except calamine.CalamineError:
        locked = "EncryptedPackage".encode("utf-16-le") in data
        document = "WordDocument".encode("utf-16-le") in data
        return {"refused": "locked" if locked else "document" if document else "damaged"}
    sheets = []
    unvalued = unvalued_formulas(data)
    for about in book.sheets_metadata:
        if about.visible != calamine.SheetVisibleEnum.Visible:
            continue
        if about.typ != calamine.SheetTypeEnum.WorkSheet:
            continue
        sheet = book.get_sheet_by_name(about.name)
        if sheet.height > limits["lines"] + 30:
            return {
                "refused": "too_long",
                "values": {"found": sheet.height, "limit": limits["lines"]},
            }
        if sheet.width > limits["columns"]:
            return {
                "refused": "too_wide",
                "values": {"found": sheet.width, "limit": limits["columns"]},
            }
        rows = rows_of(sheet, limits["cell"])
        sheets.append((about.name, rows, unvalued.get(about.name, 0)))
    return {"sheets": sheets}


def rows_of(sheet: Any, cell_limit: int) -> list[tuple[int, list[str]]]:
    """The lines that hold something; a cell merged downwards counts for each of its lines."""
    top, left = sheet.start or (0, 0)
    grid = [[text(value)[:cell_limit] for value in row] for row in sheet.to_python()]
    for (first, column), (last, _) in sheet.merged_cell_ranges or []:
        for line in range(first - top + 1, min(last - top + 1, len(grid))):
            row = grid[line]
            if 0 <= column - left < len(row) and 0 <= first - top < len(grid):
                row[column - left] = row[column - left] or grid[first - top][column - left]
    return [
        (number, [""] * left + row) for number, row in enumerate(grid, start=top + 1) if any(row)
    ]


def unvalued_formulas(data: bytes) -> dict[str, int]:
    """By sheet, how many formulas stand without the value they gave; none are counted in XLS.

    A program that writes workbooks without computing them leaves such cells: they read as blanks.
    """
    if not data.startswith(b"PK"):
        return {}
    found: dict[str, int] = {}
    with contextlib.suppress(KeyError, ValueError, zipfile.BadZipFile):
        archive = zipfile.ZipFile(io.BytesIO(data))
        if "content.xml" in archive.namelist():
            for opening, body in ODS_TABLE.findall(archive.read("content.xml")):
                cells = ODS_FORMULA.findall(body)
                found[attribute(opening, "table:name")] = sum(
                    b"value-type=" not in c for c in cells
                )
            return found
        relations = RELATION.findall(archive.read("xl/_rels/workbook.xml.rels"))
        parts = {attribute(tag, "Id"): attribute(tag, "Target") for tag in relations}
        for tag in SHEET.findall(archive.read("xl/workbook.xml")):
            part = parts[attribute(tag, r"\w+:id")]
            body = archive.read(part.lstrip("/") if part.startswith("/") else f"xl/{part}")
            found[attribute(tag, "name")] = sum(
                bool(FORMULA.search(inside)) and not VALUE.search(inside) and b't="str"' not in said
                for said, inside in (CELL.findall(body) if FORMULA.search(body) else [])
            )
    return found


def attribute(tag: bytes, name: str) -> str:
    """The value of an attribute of an opening tag; ``KeyError`` where it has none."""
    match = re.search(rf"\s{name}=[\"']([^\"']*)[\"']".encode(), tag)
    if match is None:
        raise KeyError(name)
    return html.unescape(match[1].decode())


def text(value: Any) -> str:
    """A value as people would type it: whole numbers without a point, dates as YYYY-MM-DD."""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else str(value)
    if isinstance(value, datetime.datetime):
        return value.isoformat(sep=" ", timespec="minutes")
    if isinstance(value, (datetime.date, datetime.time)):
        return value.isoformat()
    return str(value).strip()


if __name__ == "__main__":
    main()
