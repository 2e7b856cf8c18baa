"""Files for partners, checked by what they contain: PDF, pictures, ODS and XLSX.

Pictures are decoded and encoded again (``kit/photos.py``). Spreadsheets are unpacked and read under
limits of memory and time (``kit/sheets``), and refused with macros in them. A PDF must be one from
its first byte to its last lines, and is refused where it says that it runs programs; what hides
inside its compressed parts stays: so all files are served as downloads that no browser runs.
"""

import io
import re
import zipfile
from dataclasses import dataclass
from typing import BinaryIO

from django.utils.translation import gettext_lazy as _

from essor.kit.files import store
from essor.kit.photos import NotAPhoto, TooHeavy, TooManyPixels, clean_photo
from essor.kit.sheets import SheetRefused, read_workbook
from essor.support.models import RoomFile

Kind = RoomFile.Kind
MOST_BYTES = 10_000_000
FOLDER = "rooms"
CONTENT_TYPES: dict[str, str] = {
    Kind.PDF: "application/pdf",
    Kind.IMAGE: "image/jpeg",
    Kind.ODS: "application/vnd.oasis.opendocument.spreadsheet",
    Kind.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
REASONS = {
    "empty": _("This file is empty."),
    "heavy": _("This file is heavier than 10 MB. Make it lighter, or share a part of it."),
    "pixels": _("This picture has more than 25 million pixels. Save it smaller and send that."),
    "programs": _("This file holds programs or macros. Save it without them, or print it as PDF."),
    "damaged": _("This file is damaged, or not what its name says. Save it again and send that."),
    "spread_out": _("This spreadsheet unpacks to far too much. Copy its tables into a new one."),
    "locked": _("This file is protected by a password: your partners could not open it."),
    "unknown": _("Send a PDF, a picture (JPEG, PNG, WebP) or a spreadsheet (ODS, XLSX)."),
}
PICTURES = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF")
RUNS = re.compile(rb"/(?:JavaScript|JS|Launch|RichMedia)\b")
MACROS = re.compile(r"vbaproject\.bin$|^basic/|^scripts/", re.IGNORECASE)
TAIL = 2_048
SPREAD_OUT = {"spread_out", "too_long", "too_wide"}


class PaperRefused(Exception):
    """A file that is not taken; ``code`` is a key of ``REASONS``, ``str`` the words to show."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code

    def __str__(self) -> str:
        return str(REASONS[self.code])


@dataclass(frozen=True, slots=True)
class Paper:
    """What may be kept of a file: its kind (also its ending) and its bytes."""

    kind: str
    data: bytes


def checked(file: BinaryIO, *, size: int) -> Paper:
    """What may be kept of ``file`` of ``size`` bytes; its name is not looked at.

    Raises ``PaperRefused``.
    """
    if size > MOST_BYTES:
        raise PaperRefused("heavy")
    data = file.read(MOST_BYTES + 1)
    if not data.strip(b"\x00\r\n\t "):
        raise PaperRefused("empty")
    if len(data) > MOST_BYTES:
        raise PaperRefused("heavy")
    if data.startswith(b"%PDF-"):
        return _pdf(data)
    if data.startswith(PICTURES):
        return _picture(data)
    if data.startswith(b"PK"):
        return _sheet(data)
    raise PaperRefused("unknown")


def _pdf(data: bytes) -> Paper:
    tail = data[-TAIL:]
    if b"%%EOF" not in tail or b"startxref" not in tail:
        raise PaperRefused("damaged")
    if RUNS.search(data):
        raise PaperRefused("programs")
    return Paper(Kind.PDF, data)


def _picture(data: bytes) -> Paper:
    try:
        return Paper(Kind.IMAGE, clean_photo(io.BytesIO(data), size=len(data)).data)
    except TooManyPixels as trouble:
        raise PaperRefused("pixels") from trouble
    except TooHeavy as trouble:
        raise PaperRefused("heavy") from trouble
    except NotAPhoto as trouble:
        raise PaperRefused("damaged") from trouble


def _sheet(data: bytes) -> Paper:
    try:
        read_workbook(data)
        names = zipfile.ZipFile(io.BytesIO(data)).namelist()
    except SheetRefused as trouble:
        raise PaperRefused(_reason(trouble.code)) from trouble
    except zipfile.BadZipFile as trouble:
        raise PaperRefused("damaged") from trouble
    if any(MACROS.search(name) for name in names):
        raise PaperRefused("programs")
    return Paper(Kind.XLSX if any(name.startswith("xl/") for name in names) else Kind.ODS, data)


def _reason(code: str) -> str:
    """Why a list of people would be refused, as said of a file for partners."""
    if code in SPREAD_OUT:
        return "spread_out"
    if code in {"document", "archive", "numbers"}:
        return "unknown"
    return code if code in REASONS else "damaged"


def store_paper(paper: Paper) -> str:
    """Keep it; the name is what the database remembers."""
    return store(paper.data, folder=FOLDER, ending=paper.kind)
