"""Where the titles of the columns are: on the first line, below a title of the file, or nowhere."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from essor.kit.sheets.reading import Row, Sheet

LOOK_AT = 30
LOOKS_LIKE_DATA = re.compile(
    r"@|^[\d\s.,:/+()\-]+$|^(oui|non|yes|no|vrai|faux|true|false)$|^https?://", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet with its titles found. ``header_line`` is None where the file has none.

    Every line has as many cells as there are titles; without titles, columns are called by
    their letter and every line is data.
    """

    header: list[str]
    header_line: int | None
    lines: list[Row]


def find_table(sheet: Sheet, known: Callable[[str], bool]) -> Table:
    """Find the titles: the line where most cells are ``known``, else the one that looks like it."""
    position = _header_position(sheet.rows, known)
    width = max(len(cells) for _, cells in sheet.rows)
    if position is None:
        lines = [(number, _wide(cells, width)) for number, cells in sheet.rows]
        return Table([column_letter(n) for n in range(width)], None, lines)
    line, titles = sheet.rows[position]
    header = [title or column_letter(n) for n, title in enumerate(_wide(_joined(titles), width))]
    lines = [(number, _wide(cells, width)) for number, cells in sheet.rows[position + 1 :]]
    return Table(header, line, lines)


def _header_position(rows: list[Row], known: Callable[[str], bool]) -> int | None:
    top = rows[:LOOK_AT]
    scores = [sum(known(cell) for cell in cells if cell) for _, cells in top]
    best = max(range(len(top)), key=lambda n: (scores[n], -n))
    if scores[best] >= 2 or (scores[best] == 1 and _all_words(top[best][1])):
        return best
    for position, (_, cells) in enumerate(top):
        filled = [cell for cell in cells if cell]
        if len(filled) >= 2 and _all_words(cells) and _differs_below(rows, position):
            return position
    return None


def _all_words(cells: list[str]) -> bool:
    return not any(LOOKS_LIKE_DATA.search(cell) for cell in cells if cell)


def _differs_below(rows: list[Row], position: int) -> bool:
    """Titles are words, all different, above lines of which most hold something else."""
    titles = [cell.casefold() for cell in rows[position][1] if cell]
    below = rows[position + 1 : position + 11]
    if len(set(titles)) < len(titles) or not below:
        return False
    return sum(not _all_words(cells) for _, cells in below) * 2 > len(below)


def _joined(titles: list[str]) -> list[str]:
    """Titles on one line each: forms put long questions in them."""
    return [" ".join(title.split())[:300] for title in titles]


def _wide(cells: list[str], width: int) -> list[str]:
    return [*cells, *[""] * (width - len(cells))]


def column_letter(index: int) -> str:
    """The name a spreadsheet gives to the column at ``index``: A, B, ..., Z, AA, ..."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
