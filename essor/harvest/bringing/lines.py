"""From pasted words or the rows of a spreadsheet to lines that may become ideas. Pure."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from essor.harvest.models import LONGEST_IDEA
from essor.harvest.words import key_of, says_something, tidy
from essor.kit.words import cleaned
from essor.people.text import folded

MOST_LINES = 2_000
BULLET = re.compile(r"^\s*(?:[-–—*•·▪]|\(?\d{1,3}[.)]|\[[ xX]\])(?:\s+|$)")
DAY_FIRST = re.compile(r"^(\d{1,2})[/.](\d{1,2})[/.](\d{2}|\d{4})\b")

NOTHING, TOO_LONG = "nothing", "too_long"


@dataclass(frozen=True, slots=True)
class Line:
    """One line as it will be said. ``origin`` is the same whenever the same line comes again.

    ``trouble`` says why it cannot come in: nothing to read, too long.
    """

    number: int
    text: str
    detail: str = ""
    name: str = ""
    email: str = ""
    place: str = ""
    day: date | None = None
    key: str = ""
    origin: str = ""
    trouble: str = ""


def pasted(text: str) -> list[tuple[int, str]]:
    """Numbered lines that hold something, without the bullets that editors put before them."""
    lines = tidy(text).split("\n")
    stripped = ((number, BULLET.sub("", line).strip()) for number, line in enumerate(lines, 1))
    return [(number, line) for number, line in stripped if line]


def lines_of_paste(rows: Iterable[Sequence[object]], *, scope: str) -> list[Line]:
    """``rows`` are numbers with texts; ``scope`` names the source, where a line is itself once."""
    return _finished([Line(int(str(row[0])), str(row[1])) for row in rows], scope)


def lines_of_table(
    rows: Iterable[tuple[int, list[str]]], columns: dict[int, str], *, scope: str
) -> list[Line]:
    """Rows read by what their ``columns`` mean; several columns of ideas give several lines.

    A row that holds nothing at all is not a line; one that holds something but no idea is a line
    in trouble, so that its owner hears of it.
    """
    of = {
        kind: [at for at, each in columns.items() if each == kind]
        for kind in ("idea", "detail", "name", "email", "place", "day")
    }
    found = []
    for number, cells in rows:
        told = {kind: _joined(cells, at) for kind, at in of.items()}
        texts = [cells[at] for at in of["idea"] if at < len(cells) and cells[at].strip()]
        if not any(cell.strip() for cell in cells):
            continue
        for text in texts or [""]:
            found.append(
                Line(
                    number=number,
                    text=tidy(text),
                    detail=tidy(told["detail"]),
                    name=cleaned(told["name"])[:80],
                    email=_address(told["email"]),
                    place=cleaned(told["place"])[:120],
                    day=day_of(told["day"]),
                )
            )
    return _finished(found, scope)


def day_of(text: str) -> date | None:
    """A day as spreadsheets and people write it; None where it cannot be read."""
    text = text.strip()
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        found = DAY_FIRST.match(text)
    if not found:
        return None
    day, month, year = (int(part) for part in found.groups())
    try:
        return datetime(year + 2000 * (year < 100), month, day).date()  # noqa: DTZ001 - a day only
    except ValueError:
        return None


def _joined(cells: list[str], at: list[int]) -> str:
    return " ".join(cells[each] for each in at if each < len(cells) and cells[each].strip())


def _address(text: str) -> str:
    text = text.strip().lower()
    try:
        validate_email(text)
    except ValidationError:
        return ""
    return text


def _finished(lines: list[Line], scope: str) -> list[Line]:
    """Each line with its key, what is wrong with it, and an origin of its own.

    The same words of the same person twice are two lines: the second has another origin, and has
    it again when the file comes again.
    """
    seen: Counter[str] = Counter()
    done = []
    for line in lines:
        key = key_of(line.text)
        who = f"{scope}|{key}|{folded(line.name)}|{line.email}|{line.day or ''}|{line.place}"
        seen[who] += 1
        origin = hashlib.sha256(f"{who}|{seen[who]}".encode()).hexdigest()[:32]
        trouble = ""
        if not says_something(line.text):
            trouble = NOTHING
        elif len(line.text) > LONGEST_IDEA or len(line.detail) > LONGEST_IDEA:
            trouble = TOO_LONG
        done.append(
            Line(line.number, line.text, line.detail, line.name, line.email, line.place, line.day,
                 key, origin, trouble)
        )  # fmt: skip
    return done
