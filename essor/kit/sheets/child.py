"""The child that reads one workbook: bytes on its input, JSON on its output. No Django here."""

import contextlib
import datetime
import io
import json
import resource
import sys
from typing import Any

MEMORY = 1_500_000_000


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
        sheets.append((about.name, rows_of(sheet, limits["cell"])))
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
