"""Spreadsheets for people: a name can never become a formula in the program that opens them."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from essor.algos.later import Later

if TYPE_CHECKING:
    import openpyxl
    import openpyxl.cell.cell as cells
    import openpyxl.styles as styles
    import openpyxl.utils as letters
else:
    openpyxl, cells = Later("openpyxl"), Later("openpyxl.cell.cell")
    styles, letters = Later("openpyxl.styles"), Later("openpyxl.utils")

DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What spreadsheet programs take for the start of a formula (OWASP, "CSV Injection")."""

Lines = Iterable[Sequence[Any]]


def neutral(value: Any) -> str:
    """``value`` as text that no program runs: a quote goes before the start of a formula."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.lstrip(" \u00a0").startswith(DANGEROUS) else text


def original(text: str) -> str:
    """What ``neutral`` was given: an export of ours that comes back reads as it was."""
    return text[1:] if text[:1] == "'" and neutral(text[1:]) == text else text


def as_csv(header: Sequence[str], lines: Lines, *, separator: str = ";") -> bytes:
    """CSV that French and English spreadsheet programs open well: UTF-8 with its mark, CRLF."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=separator, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow([neutral(title) for title in header])
    for line in lines:
        writer.writerow([neutral(value) for value in line])
    return out.getvalue().encode("utf-8-sig")


def as_xlsx(header: Sequence[str], lines: Lines, *, title: str) -> bytes:
    """One sheet, its titles bold and frozen. Every cell is text, and stays text when edited.

    The writer is loaded on first use: 35 MB that most processes of a server never need.
    """

    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = (
        "".join(" " if char in "[]:*?/\\'" else char for char in title)[:31].strip() or "1"
    )
    widths = [len(name) for name in header]
    for row, line in enumerate([header, *lines], start=1):
        for column, value in enumerate(line, start=1):
            text = cells.ILLEGAL_CHARACTERS_RE.sub("", "" if value is None else str(value))
            cell = sheet.cell(row, column, text)
            cell.data_type = "s"
            cell.quotePrefix = neutral(text) != text
            widths[column - 1] = min(48, max(widths[column - 1], len(text)))
            if row == 1:
                cell.font = styles.Font(bold=True)
    for column, width in enumerate(widths, start=1):
        sheet.column_dimensions[letters.get_column_letter(column)].width = width + 2
    sheet.freeze_panes = "A2"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
