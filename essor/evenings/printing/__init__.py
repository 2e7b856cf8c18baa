"""Pages for paper: badges, table cards, project sheets and lists, as PDF made by typst.

Pure: values in, bytes out. What is read from the database is in ``queries/prints.py``, what a
page looks like in ``print/*.typ``.
"""

from essor.evenings.printing.badges import Badge, badges_pdf
from essor.evenings.printing.look import Look, SphereMark
from essor.evenings.printing.render import FontsMissing, NotPrinted
from essor.evenings.printing.rooms import (
    ListedPerson,
    TablePage,
    cards_pdf,
    facilitators_pdf,
    names_pdf,
    sheets_pdf,
    tables_pdf,
)

__all__ = [
    "Badge",
    "FontsMissing",
    "ListedPerson",
    "Look",
    "NotPrinted",
    "SphereMark",
    "TablePage",
    "badges_pdf",
    "cards_pdf",
    "facilitators_pdf",
    "names_pdf",
    "sheets_pdf",
    "tables_pdf",
]
