"""Rows of cells from a file that somebody has: CSV in any encoding, XLSX, XLS or ODS.

The first row that holds something is the header. Cells come as text; whole numbers without a
point. Formulas never run.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from essor.algos.text import folded
from essor.cli import Refusal

BOOKS = (".xlsx", ".xls", ".xlsm", ".xlsb", ".ods")
SEPARATED = (".csv", ".tsv", ".txt")
BIGGEST = 50_000_000
MARKS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"\xef\xbb\xbf": "utf-8-sig"}
SHOWN = 20
csv.field_size_limit(1_000_000)


@dataclass(frozen=True, slots=True)
class Rows:
    """Titles, and each line that holds something with its number in the file."""

    titles: tuple[str, ...]
    lines: tuple[tuple[int, tuple[str, ...]], ...]


def read_rows(path: Path) -> Rows:
    """The table in a file, by its ending. Raises `Refusal` (status 2) in words."""
    ending = path.suffix.lower()
    if ending in BOOKS:
        table = _book(path)
    elif ending in SEPARATED or not ending:
        table = _separated(path)
    else:
        raise Refusal(f"{path}: a CSV, XLSX, XLS or ODS file was expected.", 2)
    held = [(number, row) for number, row in enumerate(table, 1) if any(row)]
    if not held:
        raise Refusal(f"{path} is empty.", 2)
    width = max(len(row) for _, row in held)
    wide = [(number, (*row, *[""] * (width - len(row)))) for number, row in held]
    return Rows(wide[0][1], tuple(wide[1:]))


def columns(
    path: Path, titles: Sequence[str], known: Mapping[str, Sequence[str]], needed: Sequence[str]
) -> dict[str, int]:
    """Which column holds what; a doubt is refused, never guessed.

    `known` gives for each thing its titles, folded, best first: where several columns could hold
    it, the best title wins, and two columns of one title are refused.
    """
    plain = [folded(title) for title in titles]
    found: dict[str, int] = {}
    faults = []
    for thing, names in known.items():
        name = next((name for name in names if name in plain), None)
        if name is None:
            continue
        if plain.count(name) > 1:
            faults.append(
                f'{plain.count(name)} columns are called "{titles[plain.index(name)]}": keep one, '
                f'or call the right one "{names[0]}".'
            )
        found[thing] = plain.index(name)
    for thing in needed:
        if thing not in found and not faults:
            shown = ", ".join(f'"{title}"' for title in titles if title)[:300]
            faults.append(
                f'no column is called "{known[thing][0]}". The first line holds the titles: {shown}.'
            )
    refuse_if(path, faults)
    return found


def refuse_if(path: Path, faults: Sequence[str]) -> None:
    """Refuse a file for its faults, all of them told (the first twenty in full)."""
    if faults:
        more = f"\n  and {len(faults) - SHOWN} more" if len(faults) > SHOWN else ""
        raise Refusal(f"{path}:\n  " + "\n  ".join(faults[:SHOWN]) + more, 2)


def read_json(path: Path) -> Any:
    """Decoded JSON of a file. Raises `Refusal` (status 2)."""
    try:
        return json.loads(_bytes(path))
    except (ValueError, RecursionError) as fault:
        raise Refusal(f"{path} is not JSON: {fault}.", 2) from fault


def read_text(path: Path) -> str:
    """The text of a file, whatever its encoding. Raises `Refusal` (status 2)."""
    return _decoded(_bytes(path))


def write_json(path: Path, data: Any) -> None:
    """Write JSON as text that people can read. Raises `Refusal` (status 2)."""
    write_text(path, json.dumps(data, ensure_ascii=False, indent=1) + "\n")


def write_text(path: Path, text: str) -> None:
    """Write a text; the file appears whole or not at all. Raises `Refusal` (status 2)."""
    beside = path.with_name(f".{path.name}.part")
    try:
        beside.write_text(text, encoding="utf-8")
        beside.replace(path)
    except OSError as fault:
        raise Refusal(f"{path} cannot be written: {fault.strerror or fault}.", 2) from fault


def _bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > BIGGEST:
            raise Refusal(f"{path} is larger than {BIGGEST // 10**6} MB.", 2)
        return path.read_bytes()
    except OSError as fault:
        raise Refusal(f"{path} cannot be read: {fault.strerror or fault}.", 2) from fault


def _separated(path: Path) -> list[tuple[str, ...]]:
    raw = _bytes(path)
    if raw[:2] == b"PK" or raw[:4] in (b"%PDF", b"\x89PNG", b"\xd0\xcf\x11\xe0"):
        raise Refusal(f"{path} is not a CSV file, whatever its name says.", 2)
    text = _decoded(raw).replace("\x00", "")
    first = text.lstrip("\r\n").partition("\n")[0]
    separator = max(";,\t|", key=lambda each: (first.count(each), each == ","))
    try:
        rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
        return [tuple(" ".join(cell.split()) for cell in row) for row in rows]
    except csv.Error as fault:
        raise Refusal(f"{path} is not a CSV file: {fault}.", 2) from fault


def _decoded(raw: bytes) -> str:
    for mark, encoding in MARKS.items():
        if raw.startswith(mark):
            return raw.decode(encoding, "replace")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        from charset_normalizer import from_bytes

        guess = from_bytes(raw, cp_isolation=["cp1252", "mac_roman", "utf_16"]).best()
        return str(guess) if guess else raw.decode("cp1252", "replace")


def _book(path: Path) -> list[tuple[str, ...]]:
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(_bytes(path)))
        sheet = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    except (CalamineError, ValueError, OSError, IndexError) as fault:
        raise Refusal(f"{path} is not a workbook that can be read: {fault}.", 2) from fault
    return [tuple(_text(cell) for cell in row) for row in sheet]


def _text(cell: Any) -> str:
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        cell = int(cell)
    return "" if cell is None else " ".join(str(cell).split())
