"""What one line of a list says, read with a mapping: somebody who comes, and what is doubtful."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from essor.challenges.models import Challenge
from essor.evenings.actions.registration import Coming
from essor.evenings.listing.cells import (
    NO,
    TOO_YOUNG,
    YES,
    age_band,
    answer_of,
    phone_of,
    split_name,
)
from essor.evenings.listing.fingerprint import digest, said_of
from essor.evenings.listing.mapping import Known, Mapping
from essor.evenings.listing.places import place_of
from essor.evenings.listing.problems import BAD, DOUBT, Problem
from essor.evenings.models import Question
from essor.kit.sheets import Table
from essor.kit.words import cleaned
from essor.people.models import Sphere
from essor.people.text import folded

NAME_LIMIT, TEXT_LIMIT, COMMUNE_LIMIT, ANSWER_LIMIT = 200, 200, 80, 500
GONE = re.compile(
    r"\b(annul\w*|cancel\w*|rembours\w*|refund\w*|refus\w*|decl?in\w*|not attending|deleted|supprim\w*"
    r"|expir\w*|abandon\w*|n est pas venu|ne participe\w* pas|echou\w*|failed)\b"
)
DRAFT_TITLES = frozenset({"draft", "brouillon"})
WHEELS = re.compile(
    r"\b(fauteuil|roulant|pmr|mobilite reduite|bequille|deambulateur|wheelchair|step free|plain pied)"
)
FAR = re.compile(r"\b(distance|distanciel|visio|ligne|online|remote(ly)?|video)\b")
WEB_ADDRESS = re.compile(r"://|\bwww\.", re.IGNORECASE)
BETWEEN_NAMES = re.compile(r"\s*[;,/&\n]\s*|\s+et\s+|\s+and\s+")


@dataclass(frozen=True, slots=True)
class Line:
    """One line. ``key`` tells it again in a later version of the file; ``said`` what it says."""

    number: int
    key: str
    said: str
    coming: Coming
    phone: str = ""
    facilitator: bool = False
    left_out: bool = False
    problems: tuple[Problem, ...] = ()
    guessed_sphere: bool = False

    @property
    def bad(self) -> bool:
        return any(problem.kind == BAD for problem in self.problems)

    @property
    def name(self) -> str:
        return f"{self.coming.first_name} {self.coming.last_name}".strip()


@dataclass
class LineReader:
    """Reads the lines of one table, the same way for the preview and for the import."""

    table: Table
    mapping: Mapping
    known: Known
    today: date
    _columns: dict[str, int] = field(init=False)
    _challenges: dict[int, Challenge] = field(init=False)
    _questions: dict[int, Question] = field(init=False)

    def __post_init__(self) -> None:
        self._columns = {key: column for column, key in self.mapping.items()}
        challenges = {each.public_id: each for each in self.known.challenges.challenges}
        questions = {str(each.pk): each for each in self.known.questions}
        self._challenges, self._questions = {}, {}
        for column, key in self.mapping.items():
            kind, _, name = key.partition(":")
            if kind == "challenge" and name in challenges:
                self._challenges[column] = challenges[name]
            elif kind == "question" and name in questions:
                self._questions[column] = questions[name]

    def lines(self) -> Iterator[Line]:
        for number, cells in self.table.lines:
            if any(cells):
                yield self._line(number, cells)

    def _line(self, number: int, cells: Sequence[str]) -> Line:
        problems: list[Problem] = []
        first, last = self._name(cells, problems)
        email = self._email(cells, problems)
        sphere, guessed = self._sphere(cells, problems)
        choices, surprise = self._choices(cells, problems)
        access = self._access(cells)
        commune, commune_code = place_of(
            self._short("commune", cells, COMMUNE_LIMIT, problems), self._cell("postcode", cells)
        )
        coming = Coming(
            first_name=first,
            last_name=last,
            email=email,
            sphere=sphere,
            organisation=self._short("organisation", cells, TEXT_LIMIT, problems),
            commune=commune,
            commune_code=commune_code,
            choices=tuple(choices[:3]),
            surprise=surprise and not choices,
            remote=self._remote(cells, email, problems),
            accessible_table=bool(WHEELS.search(folded(access))) or folded(access) in YES,
            access_words="" if folded(access) in YES else access[:ANSWER_LIMIT],
            together=self._names("together", cells),
            apart=self._names("apart", cells),
            age_band=self._age(cells, problems),
            answers=tuple(self._answers(cells, problems)),
            consents=frozenset(),
        )
        line = Line(
            number,
            key=self._key(cells, coming),
            said="",
            coming=coming,
            phone=phone_of(self._cell("phone", cells)),
            facilitator=self._facilitator(cells),
            left_out=self._left_out(cells),
            problems=tuple(problems),
            guessed_sphere=guessed,
        )
        return replace(line, said=said_of(coming, line.phone, line.facilitator, line.left_out))

    def _cell(self, key: str, cells: Sequence[str]) -> str:
        column = self._columns.get(key)
        return cleaned(cells[column]) if column is not None else ""

    def _short(self, key: str, cells: Sequence[str], limit: int, problems: list[Problem]) -> str:
        text = self._cell(key, cells)
        if len(text) > limit:
            title = self.table.header[self._columns[key]]
            problems.append(Problem(DOUBT, "cut", {"field": title, "limit": limit}))
        return text[:limit]

    def _name(self, cells: Sequence[str], problems: list[Problem]) -> tuple[str, str]:
        first, last = self._cell("first_name", cells), self._cell("last_name", cells)
        if not first and not last and (whole := self._cell("full_name", cells)):
            title = folded(self.table.header[self._columns["full_name"]])
            first, last = split_name(whole, last_first=title.startswith("nom"))
        if not first and not last:
            first = self._cell("payer_first_name", cells)
            last = self._cell("payer_last_name", cells)
        if not first:
            first, last = last, ""
        if not first:
            problems.append(Problem(BAD, "no_name"))
        if max(len(first), len(last)) > NAME_LIMIT:
            problems.append(Problem(BAD, "long_name", {"limit": NAME_LIMIT}))
        if WEB_ADDRESS.search(f"{first} {last}"):
            problems.append(Problem(BAD, "web_address"))
        if "\ufffd" in first + last:
            problems.append(Problem(DOUBT, "lost_letters"))
        return first, last

    def _email(self, cells: Sequence[str], problems: list[Problem]) -> str:
        text = self._cell("email", cells) or self._cell("payer_email", cells)
        email = text.removeprefix("mailto:").strip(" <>;,").lower()
        if not email or folded(email) in NO:
            return ""
        try:
            validate_email(email)
        except ValidationError:
            problems.append(Problem(DOUBT, "wrong_email", {"text": text[:80]}))
            return ""
        return email

    def _sphere(self, cells: Sequence[str], problems: list[Problem]) -> tuple[Sphere | None, bool]:
        """What the person said, else what the organisation's name says clearly."""
        if said := self._cell("sphere", cells):
            sphere = self.known.spheres.find(said)
            if sphere is None and folded(said) not in self.known.spheres.corrections:
                problems.append(Problem(DOUBT, "unknown_sphere", {"text": said[:80]}))
            return sphere, False
        sphere = self.known.spheres.find(self._cell("organisation", cells))
        return sphere, sphere is not None

    def _choices(
        self, cells: Sequence[str], problems: list[Problem]
    ) -> tuple[list[Challenge], bool]:
        found = self._marked(cells)
        surprise = False
        for key in ("choice_1", "choice_2", "choice_3", "choices"):
            column = self._columns.get(key)
            if column is None or not cells[column]:
                continue
            named, any_will_do, unknown = self.known.challenges.several(cells[column])
            found += [challenge for challenge in named if challenge not in found]
            surprise = surprise or any_will_do
            problems += [Problem(DOUBT, "unknown_choice", {"text": text[:120]}) for text in unknown]
        return found, surprise

    def _marked(self, cells: Sequence[str]) -> list[Challenge]:
        """Choices given in a column for each challenge: a rank, or a mark."""
        marks = []
        for column, challenge in sorted(self._challenges.items()):
            text = folded(cells[column])
            if not cells[column] or (text in NO and cells[column] not in "✓✔☑"):
                continue
            rank = re.search(r"[1-9]", text)
            marks.append((int(rank[0]) if rank else 1, column, challenge))
        return [challenge for _, _, challenge in sorted(marks, key=lambda mark: mark[:2])]

    def _access(self, cells: Sequence[str]) -> str:
        text = self._cell("access", cells)
        return "" if folded(text) in NO else text

    def _names(self, key: str, cells: Sequence[str]) -> tuple[str, ...]:
        column = self._columns.get(key)
        text = cells[column] if column is not None else ""
        if folded(text) in NO:
            return ()
        names = (cleaned(name)[:TEXT_LIMIT] for name in BETWEEN_NAMES.split(text))
        return tuple(name for name in names if name)[:5]

    def _age(self, cells: Sequence[str], problems: list[Problem]) -> str:
        text = self._cell("age", cells)
        if not text:
            return ""
        band = age_band(text, self.today)
        if band is None:
            problems.append(Problem(DOUBT, "unknown_age", {"text": text[:40]}))
        elif band == TOO_YOUNG:
            problems.append(Problem(BAD, "too_young"))
            return ""
        return band or ""

    def _answers(
        self, cells: Sequence[str], problems: list[Problem]
    ) -> Iterator[tuple[Question, str]]:
        for column, question in sorted(self._questions.items()):
            text = cleaned(cells[column])[:ANSWER_LIMIT]
            if not text:
                continue
            value = answer_of(question, text)
            if value is None:
                said = {"text": text[:80], "question": question.label}
                problems.append(Problem(DOUBT, "not_an_option", said))
            else:
                yield question, value

    def _facilitator(self, cells: Sequence[str]) -> bool:
        text = folded(self._cell("facilitator", cells))
        return text in YES or bool(re.match(r"(oui|yes|j anime|anim|facilit|volontaire)", text))

    def _remote(self, cells: Sequence[str], email: str, problems: list[Problem]) -> bool:
        """Somebody at a distance needs an address: the link to their table goes there."""
        text = folded(self._cell("remote", cells))
        remote = text in YES or bool(FAR.search(text))
        if remote and not email:
            problems.append(Problem(BAD, "remote_without_email"))
        return remote

    def _left_out(self, cells: Sequence[str]) -> bool:
        column = self._columns.get("status")
        if column is None:
            return False
        text = folded(cells[column])
        if folded(self.table.header[column]) in DRAFT_TITLES:
            return text in YES
        return bool(GONE.search(text))

    def _key(self, cells: Sequence[str], coming: Coming) -> str:
        """The ticket's number, else address and name, else name and organisation."""
        name = folded(f"{coming.first_name} {coming.last_name}") or coming.first_name
        if reference := self._cell("reference", cells):
            parts = ["reference", folded(reference) or reference]
        elif coming.email:
            parts = ["mail", coming.email, name]
        else:
            parts = ["name", name, folded(coming.organisation)]
        return digest(parts)
