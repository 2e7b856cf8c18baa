"""CSV as people really send it: any encoding, any separator, blank lines, stray quotes."""

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterator

from charset_normalizer import from_bytes

from essor.kit.sheets.limits import MAX_CELL, MAX_COLUMNS, MAX_LINES, SheetRefused
from essor.kit.sheets.writing import original

SEPARATORS = (";", ",", "\t", "|")
SAMPLE = 60
LONGEST_RECORD = 200
"""Lines of one record at most: answers to a form have paragraphs, not chapters."""
OLD_ENCODINGS = ["cp1252", "mac_roman", "cp850"]
TWICE = re.compile("[ÃÂ][\u0080-\u00bf\u0152-\u2122]")
"""An accent that was written in UTF-8 and read as Windows-1252: « Ã© »."""


def rows_of(data: bytes, most_lines: int = MAX_LINES) -> list[tuple[int, list[str]]]:
    """The lines that hold something, numbered as a spreadsheet numbers them."""
    text = decoded(data)
    control = sum(1 for char in text[:4096] if ord(char) < 32 and char not in "\r\n\t\f\v\x1e")
    if control * 20 > len(text[:4096]):
        raise SheetRefused("unknown")
    separator, skipped = separator_of(text)
    body = text.split("\n", 1)[1] if skipped else text
    rows: list[tuple[int, list[str]]] = []
    try:
        for number, cells in enumerate(_records(body, separator), start=1 + skipped):
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) > MAX_COLUMNS:
                raise SheetRefused("too_wide", found=len(cells), limit=MAX_COLUMNS)
            if len(rows) > most_lines:
                raise SheetRefused("too_long", found=len(body.splitlines()), limit=most_lines)
            rows.append((number, [original(cell).strip()[:MAX_CELL] for cell in cells]))
    except csv.Error as trouble:
        raise SheetRefused("damaged") from trouble
    return rows


def decoded(data: bytes) -> str:
    """The text of ``data``: by its mark, else UTF-8, else the likeliest old encoding."""
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if data.startswith(mark):
            return data.decode(encoding, errors="replace")
    zeros = data[:2000].count(0)
    if zeros > len(data[:2000]) // 4:
        little = data[1:2000:2].count(0) > data[0:2000:2].count(0)
        return data.decode("utf-16-le" if little else "utf-16-be", errors="replace")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _old(data)
    return _read_once(text) if len(TWICE.findall(text[:20000])) > 1 else text


def _old(data: bytes) -> str:
    """Mostly UTF-8 with a broken letter stays UTF-8; the rest is Windows, Mac or DOS."""
    text = data.decode("utf-8", errors="replace")
    accents = sum(1 for char in text if ord(char) > 127)
    if text.count("\ufffd") * 5 < accents:
        return text
    guess = from_bytes(data[:200_000], cp_isolation=OLD_ENCODINGS).best()
    encoding = guess.encoding if guess is not None else "cp1252"
    return data.decode(encoding, errors="replace")


def _read_once(text: str) -> str:
    """Mend a file whose accents were encoded twice; leave it where that cannot be undone."""
    try:
        return text.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return text


def separator_of(text: str) -> tuple[str, int]:
    """The separator, and 1 where a first line ``sep=;`` says so."""
    first = text.split("\n", 1)[0].strip().strip('"')
    if first.lower().startswith("sep=") and len(first) == 5:
        return first[4], 1
    return max(SEPARATORS, key=lambda separator: _regularity(text, separator)), 0


def _regularity(text: str, separator: str) -> tuple[float, int]:
    """How many of the first records have the commonest width above one, then that width."""
    widths: Counter[int] = Counter()
    try:
        for number, cells in enumerate(_records(text[:60_000], separator)):
            if number >= SAMPLE:
                break
            if any(cells):
                widths[len(cells)] += 1
    except csv.Error:
        return (0.0, 0)
    several = {width: count for width, count in widths.items() if width > 1}
    if not several:
        return (0.0, 0)
    width = max(several, key=lambda each: (several[each], each))
    return (several[width] / sum(widths.values()), width)


def _records(text: str, separator: str) -> Iterator[list[str]]:
    """The records of a text; a quote that nobody closed does not swallow the lines after it.

    Such a line is read again by itself, its quotes as they stand. Raises ``csv.Error``.
    """
    lines = io.StringIO(text.replace("\x00", ""), newline="").readlines()
    begun = position = width = 0

    def record_by_record() -> Iterator[str]:
        nonlocal position
        while position < min(len(lines), begun + LONGEST_RECORD):
            position += 1
            yield lines[position - 1]

    while position < len(lines):
        for cells in csv.reader(record_by_record(), delimiter=separator):
            several = position - begun > 1
            if (several and _swallowed(cells, separator, width)) or (
                (several or position == len(lines)) and _open(lines[begun:position], separator)
            ):
                position = begun + 1
                alone = [lines[begun].rstrip("\r\n")]
                cells = next(csv.reader(alone, delimiter=separator, quoting=csv.QUOTE_NONE))
            begun = position
            width = max(width, len(cells))
            yield cells


def _swallowed(cells: list[str], separator: str, width: int) -> bool:
    """Whether a cell of several lines holds whole lines of the table: as many separators."""
    within = (line for cell in cells if "\n" in cell or "\r" in cell for line in cell.splitlines())
    return width > 2 and max((line.count(separator) for line in within), default=0) + 1 >= width


def _open(lines: list[str], separator: str) -> bool:
    """Whether a quote is still open at the end of these lines."""
    try:
        list(csv.reader(lines, delimiter=separator, strict=True))
    except csv.Error as trouble:
        return "unexpected end of data" in str(trouble)
    return False
