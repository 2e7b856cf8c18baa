"""A list beside who is registered already: who is new, who changed, who is there twice."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from essor.evenings.listing.line import Line
from essor.evenings.listing.problems import DOUBT, Problem
from essor.evenings.models import Evening, Registration
from essor.people.text import folded

NEW, CHANGED, SAME, KNOWN = "new", "changed", "same", "known"
TWICE, BAD, OUT, GONE = "twice", "bad", "out", "gone"
HOLDS = "holds"
KINDS = (NEW, CHANGED, HOLDS, SAME, KNOWN, TWICE, BAD, OUT, GONE)
"""``known``: registered by another way, left as it is; ``holds``: the same, but the list says that
this person holds a table; ``out``: cancelled in the list; ``gone``:
cancelled here by the person or the team, left so."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What becomes of a line. ``same_as`` is the number of the line it repeats."""

    line: Line
    kind: str
    registration: Registration | None = None
    same_as: int = 0


@dataclass
class Comparison:
    """Every line's verdict, and who came from earlier versions of this list and is not in it."""

    verdicts: list[Verdict]
    missing: list[Registration]
    seats_left: int

    def of(self, *kinds: str) -> list[Verdict]:
        return [verdict for verdict in self.verdicts if verdict.kind in kinds]

    @property
    def counts(self) -> dict[str, int]:
        counts = {kind: len(self.of(kind)) for kind in KINDS}
        counts["missing"] = len(self.missing)
        counts["waiting"] = max(0, counts[NEW] - self.seats_left)
        return counts


@dataclass
class _Registered:
    """Who is registered, by what a line may say of them."""

    by_key: dict[str, Registration] = field(default_factory=dict)
    by_mail: dict[tuple[str, str], Registration] = field(default_factory=dict)
    by_name: dict[tuple[str, str], Registration] = field(default_factory=dict)

    def add(self, registration: Registration) -> None:
        person = registration.person
        name = _name(person.first_name, person.last_name)
        if registration.list_key:
            self.by_key[registration.list_key] = registration
        if person.email:
            self.by_mail.setdefault((person.email, name), registration)
        organisation = folded(person.organisation.name) if person.organisation else ""
        self.by_name.setdefault((name, organisation), registration)

    def find(self, line: Line) -> Registration | None:
        """By the key of an earlier list, else the same address and name, else the same name and
        organisation where one of the two gave no address."""
        coming = line.coming
        name = _name(coming.first_name, coming.last_name)
        found = self.by_key.get(line.key) or self.by_mail.get((coming.email, name))
        if found is not None:
            return found
        found = self.by_name.get((name, folded(coming.organisation)))
        both = found is not None and found.person.email and coming.email
        unsure = not coming.last_name and not coming.organisation
        return None if both or unsure else found


def compare(
    evening: Evening, lines: Iterable[Line], said: Mapping[str, str], seats_left: int
) -> Comparison:
    """``said``: what earlier versions of this list said, by key. One query, whatever the length."""
    registered = _Registered()
    alive = evening.registrations.exclude(state=Registration.State.TWIN)
    for registration in alive.select_related("person__organisation").order_by("id"):
        registered.add(registration)
    seen = _Seen()
    verdicts = [_verdict(line, registered, seen, said) for line in lines]
    met = {verdict.registration.pk for verdict in verdicts if verdict.registration is not None}
    missing = [
        registered.by_key[key]
        for key in said
        if key in registered.by_key
        and registered.by_key[key].pk not in met
        and registered.by_key[key].state != Registration.State.CANCELLED
    ]
    return Comparison(verdicts, missing, seats_left)


@dataclass
class _Seen:
    """The lines before this one."""

    keys: dict[str, int] = field(default_factory=dict)
    names: dict[tuple[str, str], tuple[int, str]] = field(default_factory=dict)

    def earlier(self, line: Line) -> int:
        """The number of the line that this one repeats, or 0."""
        if line.key in self.keys:
            return self.keys[line.key]
        number, email = self.names.get(_who(line), (0, ""))
        return (
            number
            if (number and not (email and line.coming.email))
            or (number and email == line.coming.email)
            else 0
        )

    def perhaps(self, line: Line) -> int:
        """The number of a line with the same name and organisation but another address, or 0."""
        number, email = self.names.get(_who(line), (0, ""))
        known = line.coming.last_name or line.coming.organisation
        return number if known and email != line.coming.email else 0

    def add(self, line: Line) -> None:
        self.keys.setdefault(line.key, line.number)
        self.names.setdefault(_who(line), (line.number, line.coming.email))


def _verdict(line: Line, registered: _Registered, seen: _Seen, said: Mapping[str, str]) -> Verdict:
    if line.bad:
        return Verdict(line, BAD)
    found = registered.find(line)
    if line.left_out:
        return Verdict(line, OUT, found)
    if number := seen.earlier(line):
        return Verdict(line, TWICE, same_as=number)
    if number := seen.perhaps(line):
        doubt = Problem(DOUBT, "perhaps_same", {"line": number})
        line = replace(line, problems=(*line.problems, doubt))
    seen.add(line)
    if found is None:
        return Verdict(line, NEW)
    if found.source != Registration.Source.LIST:
        holds = line.facilitator and not found.facilitator
        return Verdict(line, HOLDS if holds else KNOWN, found)
    if said.get(found.list_key) == line.said and found.list_key == line.key:
        return Verdict(line, SAME, found)
    if found.state == Registration.State.CANCELLED:
        return Verdict(line, GONE, found)
    return Verdict(line, CHANGED, found)


def _name(first: str, last: str) -> str:
    whole = f"{first} {last}".strip()
    return folded(whole) or whole


def _who(line: Line) -> tuple[str, str]:
    coming = line.coming
    return _name(coming.first_name, coming.last_name), folded(coming.organisation)
