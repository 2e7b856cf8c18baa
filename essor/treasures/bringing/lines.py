"""From the cells of a line to a treasure as it would be kept, with what is doubtful in it."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache

from essor.people.communes import communes
from essor.people.text import cleaned, folded
from essor.territories.models import Territory
from essor.territories.outlines import doubt_of
from essor.treasures.actions.treasures import Said
from essor.treasures.models import Treasure

Kind, Use = Treasure.Kind, Treasure.Use
NUMBER = re.compile(r"^[-+]?\d{1,3}(?:[.,]\d+)?$")
KIND_WORDS = {
    Kind.HUMAN: ("human", "humaine", "humain", "savoir faire", "competence", "personne"),
    Kind.NATURAL: ("natural", "naturelle", "naturel", "nature", "environnement"),
    Kind.ECONOMIC: ("economic", "economique", "lieu", "equipement", "entreprise", "materiel"),
    Kind.CULTURAL: ("cultural", "culturelle", "culturel", "culture", "patrimoine"),
}
USE_WORDS = {
    Use.OFFERED: ("offered", "proposee", "propose", "disponible", "a partager", "a preter"),
    Use.WASTE: ("waste", "dechet", "dechets", "jetee", "rebut", "perdu", "a donner"),
    Use.HERE: ("here", "", "est la", "presente"),
}
KINDS = {word: kind for kind, words in KIND_WORDS.items() for word in words}
USES = {word: use for use, words in USE_WORDS.items() for word in words}


class Trouble(StrEnum):
    """Why a line stays out, or what is doubtful in it."""

    NAMELESS = "nameless"
    TWICE = "twice"
    SEA = "sea"
    OUTSIDE = "outside"
    SWAPPED = "swapped"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a file. ``origin`` is the same whenever the same treasure comes again, ``says``
    changes with what the line says of it. ``trouble`` keeps it out, ``doubt`` its place."""

    number: int
    said: Said
    origin: str = ""
    says: str = ""
    trouble: str = ""
    doubt: str = ""
    shown: str = field(default="", compare=False)


def lines_of(
    territory: Territory,
    rows: Sequence[tuple[int, list[str]]],
    columns: dict[int, str],
    *,
    kind: str,
    precision: str,
) -> list[Line]:
    """Every line that holds something; ``kind`` is that of lines that say none."""
    at = {meaning: column for column, meaning in columns.items()}
    found, seen = [], set[str]()
    for number, cells in rows:
        told = {name: cells[n].strip() if n < len(cells) else "" for name, n in at.items()}
        if not any(cells):
            continue
        line = _line(territory, number, told, kind, precision)
        if line.origin in seen and not line.trouble:
            line = Line(number, line.said, line.origin, line.says, Trouble.TWICE)
        seen.add(line.origin)
        found.append(line)
    return found


def _line(
    territory: Territory, number: int, told: dict[str, str], kind: str, precision: str
) -> Line:
    name = cleaned(told.get("name", ""))[:200]
    point, doubt = _point(territory, told)
    commune = cleaned(told.get("commune", ""))[:80]
    said = Said(
        name=name,
        kind=KINDS.get(folded(told.get("kind", "")), kind),
        description=cleaned(told.get("description", ""))[:3_000],
        use=USES.get(folded(told.get("use", "")), Use.HERE),
        quantity=cleaned(told.get("quantity", ""))[:120],
        holder=cleaned(told.get("holder", ""))[:200],
        place=cleaned(told.get("place", ""))[:200],
        commune=commune,
        commune_code=_code_of(commune),
        point=point if not doubt else None,
        precision=precision,
    )
    key = told.get("id") or f"{folded(name)}|{point}|{folded(commune)}|{folded(said.place)}"
    trouble = "" if any(char.isalnum() for char in name) else Trouble.NAMELESS
    return Line(
        number, said, f"file:{_digest(key)}", _digest(repr(said)), trouble, doubt,
        f"{told.get('latitude', '')}, {told.get('longitude', '')}".strip(", "),
    )  # fmt: skip


@lru_cache(maxsize=2_000)
def _code_of(commune: str) -> str:
    """A file names few communes in many lines."""
    known = communes().named(commune) if commune else None
    return known.code if known else ""


def _point(territory: Territory, told: dict[str, str]) -> tuple[tuple[float, float] | None, str]:
    """The place of a line, and what is doubtful in it."""
    texts = [told.get("latitude", ""), told.get("longitude", "")]
    if not any(texts):
        return None, ""
    if not all(NUMBER.match(text) or _is_float(text) for text in texts):
        return None, Trouble.UNREADABLE
    latitude, longitude = (float(text.replace(",", ".")) for text in texts)
    if abs(latitude) > 90 or abs(longitude) > 180:
        return None, Trouble.UNREADABLE
    return (latitude, longitude), str(doubt_of(territory, latitude, longitude) or "")


def _is_float(text: str) -> bool:
    """Numbers with an exponent or many figures, as programs write them."""
    return bool(re.fullmatch(r"[-+]?\d{1,3}(?:\.\d+)?(?:[eE][-+]?\d{1,2})?", text))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:32]
