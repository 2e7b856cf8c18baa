"""From the bytes of a file to sheets of text: what kind of file it is decides how it is read."""

import re
from dataclasses import dataclass, field

from essor.kit.sheets import plain, workbook
from essor.kit.sheets.limits import MAX_LINES, MAX_MEGABYTES, SheetRefused

Row = tuple[int, list[str]]
"""The number of a line as the spreadsheet shows it, and its cells."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its lines that hold something, all text, without surrounding blanks.

    ``unvalued`` is how many of its formulas were saved without the value they give: they read as
    blanks, which a preview must say.
    """

    name: str
    rows: list[Row] = field(default_factory=list)
    unvalued: int = 0


OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
JSON = re.compile(rb"""\{\s*"|\[\s*[\[{]""")
PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF", b"II*\x00", b"MM\x00*", b"BM")


def read_workbook(data: bytes, *, name: str = "", most_lines: int = MAX_LINES) -> list[Sheet]:
    """The visible sheets of a file that hold something; raises ``SheetRefused``.

    Time and memory are bounded whatever the file: see ``limits`` and ``workbook``.
    """
    if not data.strip(b"\x00\r\n\t ;,"):
        raise SheetRefused("empty")
    if len(data) > MAX_MEGABYTES * 1_000_000:
        raise SheetRefused("too_heavy", limit=MAX_MEGABYTES)
    if kind := _refused_kind(data):
        raise SheetRefused(kind)
    if data.startswith((b"PK", OLD_OFFICE)):
        found = workbook.sheets_of(data, most_lines)
    else:
        found = [("", plain.rows_of(data, most_lines), 0)]
    sheets = [Sheet(title, rows, unvalued) for title, rows, unvalued in found if rows]
    if not sheets:
        raise SheetRefused("unvalued" if any(unvalued for *_, unvalued in found) else "empty")
    return sheets


def _refused_kind(data: bytes) -> str:
    """Why the first bytes show that this is no list, or an empty string."""
    start = data[:1024].lstrip(b"\xef\xbb\xbf\r\n\t ").lower()
    if start.startswith(b"%pdf"):
        return "pdf"
    if data.startswith(PICTURES) or data[4:12] in (b"ftypheic", b"ftypheix", b"ftypmif1"):
        return "image"
    if start.startswith((b"<svg", b"<?xml")) and b"<svg" in start:
        return "image"
    if start.startswith((b"<html", b"<!doctype html", b"<table", b"<head", b"<meta", b"<?xml")):
        return "web_page"
    if start.startswith(b"{\\rtf"):
        return "document"
    if JSON.match(start):
        return "json"
    if data.startswith((b"\x1f\x8b", b"Rar!", b"7z\xbc\xaf")):
        return "archive"
    return ""
