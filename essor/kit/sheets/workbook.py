"""XLSX, XLS and ODS, read in a process of their own that the system keeps small.

The reader is compiled code, and one cell far from the others (XFD1048576) makes it ask for 500 GB
and abort: in our own process that would end the server. So a child reads the file, under limits
on memory and time set by the system, and whatever happens to it, we answer.
"""

import io
import json
import struct
import subprocess
import sys
import zipfile
import zlib
from pathlib import Path

from essor.kit.sheets.limits import (
    MAX_CELL,
    MAX_COLUMNS,
    MAX_LINES,
    MAX_UNPACKED,
    SheetRefused,
)

CHILD = Path(__file__).with_name("child.py")
SECONDS = 20


def sheets_of(
    data: bytes, most_lines: int = MAX_LINES
) -> list[tuple[str, list[tuple[int, list[str]]], int]]:
    """Name, lines and formulas without a value of each visible sheet; raises ``SheetRefused``."""
    if data.startswith(b"PK"):
        _check_archive(data)
    limits = json.dumps(
        {"lines": most_lines, "columns": MAX_COLUMNS, "cell": MAX_CELL, "seconds": SECONDS}
    )
    try:
        done = subprocess.run(  # noqa: S603 - our own file, the people's bytes only on its input
            [sys.executable, "-I", str(CHILD), limits],
            input=data,
            capture_output=True,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as slow:
        raise SheetRefused("spread_out") from slow
    if done.returncode:
        raise SheetRefused("spread_out" if done.returncode < 0 else "damaged")
    answer = json.loads(done.stdout)
    if refused := answer.get("refused"):
        raise SheetRefused(refused, **answer.get("values", {}))
    return [
        (name, [(number, cells) for number, cells in rows], unvalued)
        for name, rows, unvalued in answer["sheets"]
    ]


def _check_archive(data: bytes) -> None:
    """Refuse what is no spreadsheet, what is locked, and what unpacks to too much."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        members = archive.infolist()
        names = {member.filename for member in members}
        kind = _kind(archive, names)
        if kind:
            raise SheetRefused(kind)
        if any(member.flag_bits & 1 for member in members):
            raise SheetRefused("locked")
        unpacked = 0
        for member in members:
            unpacked += _unpacked_size(archive, member, MAX_UNPACKED - unpacked)
    except (zipfile.BadZipFile, zlib.error, OSError, struct.error, NotImplementedError) as trouble:
        raise SheetRefused("damaged") from trouble


def _kind(archive: zipfile.ZipFile, names: set[str]) -> str:
    """Why this archive is not a spreadsheet, or an empty string."""
    if any(name.startswith("xl/") for name in names):
        return ""
    if "mimetype" in names:
        with archive.open("mimetype") as file:
            said = file.read(100)
        return "" if b"spreadsheet" in said else "document"
    if "Index/Document.iwa" in names or any(name.endswith(".iwa") for name in names):
        return "numbers"
    if any(name.startswith(("word/", "ppt/")) for name in names):
        return "document"
    return "archive"


def _unpacked_size(archive: zipfile.ZipFile, member: zipfile.ZipInfo, left: int) -> int:
    """How many bytes ``member`` really unpacks to; the size it declares may lie."""
    if member.file_size > left:
        raise SheetRefused("spread_out")
    member.file_size = 1 << 40
    size = 0
    with archive.open(member) as file:
        while chunk := file.read(1 << 16):
            size += len(chunk)
            if size > left:
                raise SheetRefused("spread_out")
    return size
