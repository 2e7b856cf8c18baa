"""Tables from people's spreadsheets, read and written without ever running a formula.

``read_workbook`` takes the bytes of a CSV, XLSX, XLS or ODS file, in whatever encoding and with
whatever separator, and gives its sheets as text. ``find_table`` finds the line of titles in one.
``as_csv`` and ``as_xlsx`` write, with formulas neutralised.
"""

from essor.kit.sheets.header import Table, column_letter, find_table
from essor.kit.sheets.limits import MAX_LINES, MAX_MEGABYTES, SheetRefused
from essor.kit.sheets.reading import Sheet, read_workbook
from essor.kit.sheets.writing import as_csv, as_xlsx, neutral

__all__ = [
    "MAX_LINES",
    "MAX_MEGABYTES",
    "Sheet",
    "SheetRefused",
    "Table",
    "as_csv",
    "as_xlsx",
    "column_letter",
    "find_table",
    "neutral",
    "read_workbook",
]
