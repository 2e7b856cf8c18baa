"""What lies on the tables and hangs by the door: cards, project sheets, lists."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from essor.evenings.printing.codes import qr_data
from essor.evenings.printing.look import Look, SphereMark, breakable, longest_word
from essor.evenings.printing.render import pdf
from essor.people.text import folded


@dataclass(frozen=True, slots=True)
class ListedPerson:
    """A person as lists name them; ``table`` is blank before a plan."""

    first_name: str
    last_name: str = ""
    note: str = ""
    table: str = ""
    sphere: SphereMark | None = None
    facilitator: bool = False

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()

    def as_data(self) -> dict[str, Any]:
        turned = f"{self.last_name}, {self.first_name}" if self.last_name else self.first_name
        return {
            "name": breakable(self.name),
            "sorted": breakable(turned),
            "note": breakable(self.note),
            "table": self.table,
            "sphere": self.sphere.as_data() if self.sphere else None,
        }


@dataclass(frozen=True, slots=True)
class TablePage:
    """One table. ``challenges`` are (short name, question); ``address`` is what its QR says,
    ``code`` what its phone types; both are blank where there is no table yet."""

    number: str
    challenges: tuple[tuple[str, str], ...] = ()
    people: tuple[ListedPerson, ...] = ()
    address: str = ""
    code: str = ""
    remote: bool = False
    """It meets by video: nothing of it stands in the room."""

    @property
    def heading(self) -> str:
        if len(self.challenges) == 1 and self.challenges[0][1]:
            return self.challenges[0][1]
        return " · ".join(short for short, _question in self.challenges)

    def as_data(self) -> dict[str, Any]:
        seats = [person.sphere.colour if person.sphere else "#a9a4b5" for person in self.people]
        return {
            "number": self.number,
            "heading": breakable(self.heading),
            "heading_longest": longest_word(self.heading),
            "challenges": [_worded(short, question) for short, question in self.challenges],
            "seats": seats or [""] * 10,
            "people": [person.as_data() for person in self.people],
            "facilitators": ", ".join(p.name for p in self.people if p.facilitator),
            "note": _people_and_spheres(self.people),
            "qr": qr_data(self.address) if self.address else None,
            "code": self.code,
        }


def _worded(short: str, question: str) -> dict[str, str]:
    return {
        "short": breakable(short),
        "short_longest": longest_word(short),
        "question": breakable(question),
        "question_longest": longest_word(question),
    }


def _people_and_spheres(people: Sequence[ListedPerson]) -> str:
    if not people:
        return ""
    spheres = len({person.sphere.name for person in people if person.sphere})
    parts = [
        ngettext("%(count)s person", "%(count)s people", len(people)) % {"count": len(people)},
        ngettext("%(count)s sphere", "%(count)s spheres", spheres) % {"count": spheres},
    ]
    return " · ".join(part.replace(" ", "\N{NO-BREAK SPACE}") for part in parts)


def cards_pdf(look: Look, tables: Iterable[TablePage]) -> bytes:
    """One card a table, A4 to fold in two."""
    data = look.page(
        _("Table cards"),
        scan=_("Scan to open the table’s sheet"),
        code=_("or type the table’s code"),
    )
    return pdf("cards", data | {"tables": [_card(table) for table in tables]})


def _card(table: TablePage) -> dict[str, Any]:
    """A card stands in view of the whole room: the code that lets a phone write is not on it."""
    return table.as_data() | {"code": ""}


def sheets_pdf(look: Look, tables: Iterable[TablePage]) -> bytes:
    """One project sheet a table, A3 landscape, to write on by hand."""
    data = look.page(
        _("Project sheets"),
        photo=_(
            "At the end, photograph this sheet from the table’s phone, or hand it to the team:"
            " nothing is lost."
        ),
        code="",
    )
    pages = [table.as_data() | {"code": ""} for table in tables]
    return pdf("sheets", data | {"tables": pages, "fields": sheet_fields()})


def sheet_fields() -> dict[str, dict[str, str]]:
    """The fields of the project sheet as they are asked on paper."""
    asked = {
        "dream": (_("Our dream"), _("What will be different here when it has worked?")),
        "proposal": (_("Our proposal"), _("What do we offer, in two or three sentences?")),
        "people_helped": (_("People helped"), _("Who will it serve? How many, and where?")),
        "leaders": (
            _("Possible leaders"),
            _("Who could carry it? “Leader wanted” is a good answer."),
        ),
        "partners": (_("Supporters and partners"), _("Who should be with us, and who knows them?")),
        "resources_human": (_("Human resources"), _("Skills, hands, time")),
        "resources_material": (_("Material resources"), _("Premises, tools, materials")),
        "resources_financial": (_("Financial resources"), _("How much to begin, and from where?")),
        "first_steps": (_("First steps"), _("Three things to do within a month: what, who, when?")),
        "set_aside": (_("Ideas set aside"), _("Nothing is lost: another table, another year.")),
    }
    return {name: {"title": title, "hint": hint} for name, (title, hint) in asked.items()}


def names_pdf(look: Look, people: Iterable[ListedPerson]) -> bytes:
    """Everybody in the order of last names, with their table and a box to tick."""
    ordered = sorted(people, key=lambda p: (folded(p.last_name or p.first_name), folded(p.name)))
    groups = [
        {"letter": letter, "people": [person.as_data() for person in group]}
        for letter, group in groupby(ordered, key=_letter)
    ]
    data = look.page(_("List by name"), note=_("For the door and the team. Destroy it afterwards."))
    return pdf("lists", data | {"kind": "names", "groups": groups})


def _letter(person: ListedPerson) -> str:
    name = person.last_name or person.first_name
    return (folded(name)[:1] or name[:1]).upper()


def tables_pdf(look: Look, tables: Iterable[TablePage]) -> bytes:
    """Every table with its people, their spheres and its facilitator."""
    data = look.page(_("List by table"), note=_("For the team. Destroy it afterwards."))
    pages = [table.as_data() for table in tables]
    for page in pages:
        if page["facilitators"]:
            page["facilitators"] = _("Facilitator: %(name)s") % {"name": page["facilitators"]}
    return pdf("lists", data | {"kind": "tables", "tables": pages})


def facilitators_pdf(look: Look, tables: Iterable[TablePage]) -> bytes:
    """Who holds which table, with the code that lets its phone write: for the team's eyes only."""
    data = look.page(
        _("Facilitators"),
        note=_("For the team only. Destroy it afterwards."),
        secret=_(
            "The code lets a phone write on the table’s sheet. Cut the lines apart and give each"
            " facilitator their own."
        ),
        who=_("Facilitator"),
        challenge=_("Challenge"),
        code=_("Code"),
        phone=_("To scan"),
        nobody=_("nobody yet"),
    )
    return pdf("lists", data | {"kind": "facilitators", "tables": [t.as_data() for t in tables]})
