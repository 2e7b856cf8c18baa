"""What somebody might send to every form of the house: the forms as pages show them, and bad values.

A page tells what its forms take, so no field is listed here: each form is read from its page,
filled with values that pass, and sent again with values that nobody means well by.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

from django.core.files.uploadedfile import SimpleUploadedFile

CONTROLS = {"act", "csrfmiddlewaretoken"}
"""What every form carries, which is the kit's and tested there."""
TEXTS = {
    "long": "é" * 10_000,
    "NUL": "Un\x00verger",
    "bidi": "Un \u202eregrev\u202c \u2066x\u2069",
    "invisible": " \u200b\u00a0\u2060 ",
}
CHOSEN = {"hidden", "radio", "checkbox", "select", "button"}
UNKNOWN = {"unknown": "999999999", "long": TEXTS["long"], "NUL": "\x00", "bidi": TEXTS["bidi"]}
COUNTED = {
    "number": {"negative": "-1", "huge": "9" * 30, "NaN": "NaN", "infinite": "1e999"},
    "date": {"year 1": "0001-01-01", "year 9999": "9999-12-31", "year 0": "0000-00-00"},
    "datetime-local": {"year 1": "0001-01-01T00:00", "year 9999": "9999-12-31T23:59"},
    "time": {"late": "99:99"},
}
PASSING = {
    "email": "lise@example.org", "number": "1", "date": "2026-12-01", "time": "18:00",
    "datetime-local": "2026-12-01T18:00", "url": "https://example.org/", "tel": "0612345678",
    "color": "#225577",
}  # fmt: skip
Sent = dict[str, object]


@dataclass
class Control:
    """One name of a form: its kind, its value as the page opens, and what it offers."""

    name: str
    kind: str
    value: str = ""
    offers: list[str] = field(default_factory=list)

    @property
    def passing(self) -> object:
        if self.kind == "file":
            return a_file(b"nom;ville\nUn verger;Valence\n")
        offered = next((each for each in self.offers if each), "")
        return self.value or offered or PASSING.get(self.kind, "Un verger")

    @property
    def values(self) -> set[str]:
        """What names things: what is offered, and what the page holds for itself."""
        held = [self.value] if self.kind == "hidden" else []
        return {each for each in [*self.offers, *held] if each}

    def bad(self, how: str) -> object | None:
        """A value of this kind that is bad in this way; None where there is none."""
        if self.kind == "file":
            return a_file(b"" if how == "long" else bytes(range(256)))
        return (UNKNOWN if self.kind in CHOSEN else TEXTS).get(how)


@dataclass
class Form:
    """A posting form; ``address`` is where it goes."""

    address: str
    controls: dict[str, Control] = field(default_factory=dict)

    def take(self, name: str, kind: str, value: str | None, *, offered: bool) -> None:
        if name in CONTROLS:
            return
        control = self.controls.setdefault(name, Control(name, kind))
        if offered:
            control.offers.append(value or "")
        else:
            control.value = value or ""

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(sorted(self.controls))

    def filled(self) -> Sent:
        """As somebody sends it who fills in everything; no button but the plain one is pressed."""
        return {each.name: each.passing for each in self.controls.values() if each.kind != "button"}

    def attacks(self) -> Iterator[tuple[str, Sent]]:
        """What is bad, and the form with it: texts and choices all at once, each button, and
        numbers and days one by one, as they may pass and go on into the rooms.
        """
        for how in [*TEXTS, "unknown"]:
            bad = {name: each.bad(how) for name, each in self.controls.items()}
            yield how, self.filled() | {name: value for name, value in bad.items() if value}
        for each in self.controls.values():
            for offer in each.offers if each.kind == "button" else ():
                yield f"{each.name}: {offer}", self.filled() | {each.name: offer}
            for how, value in COUNTED.get(each.kind, {}).items():
                yield f"{each.name}: {how}", self.filled() | {each.name: value}

    def naming(self, other: "Form") -> Iterator[tuple[str, Sent]]:
        """This form with one value that only the ``other`` one offers, of each name."""
        for name, each in self.controls.items():
            theirs = other.controls[name].values if name in other.controls else set()
            for value in sorted(theirs - each.values)[:1]:
                yield f"{name}={value} of elsewhere", self.filled() | {name: value}


def a_file(content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("liste.csv", content, "text/csv")


class _Reader(HTMLParser):
    """Collects the posting forms of a page, with what belongs to them by ``form="..."``."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.page, self.forms = page, list[Form]()
        self.by_id: dict[str, Form] = {}
        self.inside: Form | None = None
        self.select: tuple[Form, str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "form":
            self._open(given)
        elif tag == "option" and self.select:
            self.select[0].take(self.select[1], "select", given.get("value"), offered=True)
        elif name := given.get("name"):
            form = self.by_id.get(given.get("form") or "") or self.inside
            if form is not None:
                self._control(form, tag, name, given)

    def _open(self, given: dict[str, str | None]) -> None:
        self.inside = None
        if (given.get("method") or "").lower() == "post":
            self.inside = Form(urlsplit(urljoin(self.page, given.get("action") or "")).path)
            self.forms.append(self.inside)
            self.by_id[given.get("id") or ""] = self.inside
            self.by_id.pop("", None)

    def _control(self, form: Form, tag: str, name: str, given: dict[str, str | None]) -> None:
        if tag == "select":
            self.select = form, name
        elif tag in {"textarea", "button"}:
            form.take(name, tag, given.get("value"), offered=tag == "button")
        elif tag == "input":
            kind = given.get("type") or "text"
            offered = kind in {"radio", "checkbox"}
            form.take(name, kind, given.get("value"), offered=offered)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.inside = None
        elif tag == "select":
            self.select = None


def forms_of(page: str, content: str) -> list[Form]:
    """The posting forms of a page that was read at the address ``page``."""
    reader = _Reader(page)
    reader.feed(content)
    reader.close()
    return [form for form in reader.forms if form.controls]
