"""Reads the problem of `essor seat` from a file: JSON, or a list of people as CSV or workbook."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

from essor.algos.seating import Problem, read_problem
from essor.algos.seating.sheets import Room, Rows, plain, problem_of

BOOKS = (".xlsx", ".xls", ".xlsm", ".xlsb", ".ods")
BIGGEST = 50_000_000
SHEETS = {
    "personnes": "people",
    "participants": "people",
    "inscrits": "people",
    "defis": "challenges",
    "salle": "tables",
}


class Unreadable(Exception):
    """A file that cannot be read or written; the message is for the person who asked."""


def read_problem_file(path: Path, room: Room) -> Problem:
    """The problem in a file, by its ending."""
    ending = path.suffix.lower()
    if ending == ".json":
        return read_problem(read_json(path))
    if ending in BOOKS:
        sheets = _sheets(path)
    elif ending in (".csv", ".tsv", ".txt"):
        sheets = {"people": _separated(path)}
    else:
        raise Unreadable(f"{path}: expected .json, .csv, .xlsx, .xls or .ods")
    people = sheets.get("people") or next(iter(sheets.values()), [])
    return problem_of(
        people, sheets.get("challenges", ()), sheets.get("tables", ()), room, name=path.stem
    )


def _bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > BIGGEST:
            raise Unreadable(f"{path}: more than {BIGGEST // 10**6} MB is no list of people")
        return path.read_bytes()
    except OSError as fault:
        raise Unreadable(f"{path}: {fault.strerror}") from fault


def read_json(path: Path) -> Any:
    """Decoded JSON of a file."""
    try:
        return json.loads(_bytes(path))
    except (ValueError, RecursionError) as fault:
        raise Unreadable(f"{path}: not JSON ({fault})") from fault


def _separated(path: Path) -> Rows:
    """Rows of a CSV, whatever its encoding and separator."""
    from charset_normalizer import from_bytes

    raw = _bytes(path)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        guess = from_bytes(raw, cp_isolation=["cp1252", "latin_1", "utf_16"]).best()
        text = str(guess) if guess else raw.decode("cp1252", "replace")
    line = text.partition("\n")[0]
    separator = max(";,\t", key=line.count)
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    except csv.Error as fault:
        raise Unreadable(f"{path}: not a CSV file ({fault})") from fault


def _sheets(path: Path) -> dict[str, Rows]:
    """Rows of each sheet of a workbook: values only, formulas never run."""
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(_bytes(path)))
        read = {plain(n): book.get_sheet_by_name(n).to_python() for n in book.sheet_names}
    except (CalamineError, ValueError, OSError) as fault:
        raise Unreadable(f"{path}: not a workbook that can be read ({fault})") from fault
    return {SHEETS.get(name, name): rows for name, rows in read.items()}
