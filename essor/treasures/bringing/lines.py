"""From the cells of a line to a treasure as it would be kept, with what is doubtful in it."""

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from essor.kit.words import cleaned
from essor.people.communes import communes
from essor.people.models import Sphere
from essor.people.text import folded
from essor.territories.models import Territory, Theme
from essor.territories.outlines import doubt_of
from essor.territories.queries import themes_of
from essor.treasures.actions.treasures import Said
from essor.treasures.models import Treasure

Kind, Use = Treasure.Kind, Treasure.Use
NUMBER = re.compile(r"^[-+]?\d{1,3}(?:[.,]\d+)?$")
BETWEEN_THEMES = re.compile(r"[;|/]")
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
    changes with what the line says of it. ``trouble`` keeps it out, ``doubt`` its place;
    ``unknown`` are words for a theme or a sphere that nobody knows here."""

    number: int
    said: Said
    origin: str = ""
    says: str = ""
    trouble: str = ""
    doubt: str = ""
    shown: str = field(default="", compare=False)
    unknown: tuple[str, ...] = ()


class Words(NamedTuple):
    """Themes and spheres by what people call them, folded."""

    themes: dict[str, Theme]
    spheres: dict[str, Sphere]


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
    words = _words(territory, at)
    found, seen = [], set[str]()
    for number, cells in rows:
        told = {name: cells[n].strip() if n < len(cells) else "" for name, n in at.items()}
        if not any(cells):
            continue
        line = _line(territory, number, told, kind, precision, words)
        if line.origin in seen and not line.trouble:
            line = Line(number, line.said, line.origin, line.says, Trouble.TWICE)
        seen.add(line.origin)
        found.append(line)
    return found


def _words(territory: Territory, columns: Iterable[str]) -> Words:
    """What a file may name; asked for only where a column holds it."""
    themes = list(themes_of(territory)) if "themes" in columns else []
    spheres = list(Sphere.objects.all()) if "sphere" in columns else []
    return Words(
        {folded(name): each for each in themes for name in (each.code, each.name_fr, each.name_en)},
        {
            folded(name): each
            for each in spheres
            for name in (each.code, each.name_fr, each.name_en, each.plural_fr, each.plural_en)
        },
    )


def _line(
    territory: Territory,
    number: int,
    told: dict[str, str],
    kind: str,
    precision: str,
    words: Words,
) -> Line:
    name = cleaned(told.get("name", ""))[:200]
    point, doubt = _point(territory, told)
    commune = cleaned(told.get("commune", ""))[:80]
    themes, unknown = _themes(told.get("themes", ""), words)
    sphere = words.spheres.get(folded(told.get("sphere", "")))
    if sphere is None and folded(told.get("sphere", "")):
        unknown = (*unknown, cleaned(told["sphere"])[:60])
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
    shown = f"{told.get('latitude', '')}, {told.get('longitude', '')}".strip(", ")
    says = _digest(repr(said) + "".join(each.code for each in themes))
    said = replace(said, themes=themes, sphere=sphere)
    if sphere is not None:
        says = _digest(says + sphere.code)
    return Line(number, said, f"file:{_digest(key)}", says, trouble, doubt, shown, unknown)


def _themes(text: str, words: Words) -> tuple[tuple[Theme, ...], tuple[str, ...]]:
    """The themes that a cell names, each once, and its words that name none."""
    found, unknown = dict[int, Theme](), []
    parts = [
        word
        for part in BETWEEN_THEMES.split(text)
        for word in ([part] if folded(part) in words.themes else part.split(","))
    ]
    for word in filter(folded, parts):
        theme = words.themes.get(folded(word))
        if theme is None:
            unknown.append(cleaned(word)[:60])
        else:
            found[theme.pk] = theme
    return tuple(found.values()), tuple(unknown)


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
