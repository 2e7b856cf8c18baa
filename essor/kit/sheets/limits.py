"""How much of a spreadsheet is read, and why one is refused, in words for whoever sent it."""

from typing import Any

from django.utils.translation import gettext_lazy as _

MAX_MEGABYTES = 10
MAX_LINES = 5_000
MAX_COLUMNS = 200
MAX_CELL = 5_000
MAX_UNPACKED = 120_000_000

REASONS = {
    "empty": _("This file is empty."),
    "unvalued": _(
        "The cells of this file hold formulas without their values, so it reads as empty. Open it in"
        " your spreadsheet program, save it again as XLSX or ODS, and send that file."
    ),
    "too_heavy": _("This file is heavier than %(limit)s MB. Keep only the list in it."),
    "too_long": _(
        "This file has %(found)s lines. Essor reads up to %(limit)s at a time: split it, or remove"
        " the lines that you do not need here."
    ),
    "too_wide": _("This file has %(found)s columns. Essor reads up to %(limit)s."),
    "spread_out": _(
        "This file unpacks to far more than a list. Copy the list into a new"
        " spreadsheet, save it and send that one."
    ),
    "pdf": _("This is a PDF. Ask the service that made it for an export in CSV or Excel format."),
    "image": _("This is a picture. A list must come as CSV, XLSX, XLS or ODS."),
    "numbers": _(
        "This file comes from Numbers. In Numbers, choose File, Export To, Excel, and send that"
        " file."
    ),
    "document": _(
        "This is a text document, not a spreadsheet. Copy its table into a spreadsheet and save it."
    ),
    "web_page": _(
        "This is a web page under the name of a spreadsheet. Open it in your spreadsheet program,"
        " save it as XLSX and send that file."
    ),
    "archive": _("This is an archive. Unpack it and send the spreadsheet inside."),
    "locked": _(
        "This file is protected by a password. Save a copy without a password and send that one."
    ),
    "damaged": _(
        "This file could not be read: it may be damaged. Open it in your spreadsheet program, save"
        " it again and send it."
    ),
    "json": _(
        "This is a JSON file, which is read for treasures only. A list must come as CSV, XLSX, XLS"
        " or ODS: ask the service that made it for an export in one of these."
    ),
    "json_damaged": _(
        "This JSON breaks off, or has a mistake at line %(line)s. Ask the service that made it for"
        " the export once more, and send that file as it comes."
    ),
    "json_unknown": _(
        "This is JSON, but neither GeoJSON (“features”) nor an export of GoGoCarto (“data”): we"
        " find no list of places in it. Choose one of these formats where you export it, or CSV."
    ),
    "unknown": _("This is not a spreadsheet. A list must come as CSV, XLSX, XLS or ODS."),
}


class SheetRefused(Exception):
    """A file that is not read; ``code`` is a key of ``REASONS``, ``str`` the words to show."""

    def __init__(self, code: str, **values: Any) -> None:
        super().__init__(code)
        self.code, self.values = code, values

    def __str__(self) -> str:
        return str(REASONS[self.code]) % self.values
