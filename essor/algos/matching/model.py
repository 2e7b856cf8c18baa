"""Needs and offers as plain values, and what a match says of itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from essor.algos.text import folded

MATCHES_FORMAT = "essor-matches/1"
KINDS: Mapping[str, tuple[str, ...]] = {
    "skill": ("skill", "skills", "competence", "competences", "savoir faire"),
    "people": ("people", "person", "personnes", "gens", "benevoles", "membres"),
    "premises": ("premises", "place", "lieu", "lieux", "local", "locaux", "terrain"),
    "equipment": ("equipment", "materiel", "equipement", "outils"),
    "material": ("material", "materials", "materiaux", "matiere", "matieres"),
    "money": ("money", "argent", "finance", "financement"),
    "partner": ("partner", "partners", "partenaire", "partenaires"),
    "first customers": ("first customers", "customers", "clients", "premiers clients"),
}
"""Kinds of things, and the words by which people name them (folded)."""
NEAR: Mapping[str, frozenset[str]] = {
    "skill": frozenset({"people", "partner"}),
    "people": frozenset({"skill", "partner"}),
    "partner": frozenset({"people", "skill", "first customers", "money"}),
    "first customers": frozenset({"partner", "people"}),
    "equipment": frozenset({"material"}),
    "material": frozenset({"equipment"}),
    "money": frozenset({"partner"}),
    "premises": frozenset(),
}
"""Kinds that may answer each other: a skill comes with a person."""
SENTENCES = {
    "kind": "same kind ({kind})",
    "subject": "about {names}",
    "words": "shared words: {words}",
    "meaning": "near meaning ({percent} %)",
    "near": "{km} km away",
    "dates": "free when needed ({days} days in common)",
}


class BadThings(ValueError):
    """Needs or offers that cannot be matched as they are; `messages` says why."""

    def __init__(self, messages: Iterable[str]) -> None:
        self.messages = tuple(messages)
        super().__init__("; ".join(self.messages))


def kind_of(written: str) -> str:
    """The kind that somebody's word means, "" when it is none.

    >>> kind_of("Compétences"), kind_of("Local"), kind_of("autre")
    ('skill', 'premises', '')
    """
    plain = folded(written)
    return next((kind for kind, names in KINDS.items() if plain in names), "")


@dataclass(frozen=True, slots=True)
class Thing:
    """A need or an offer, in people's words; all but id and text may be unknown.

    `kind`: a key of `KINDS`. `lat`, `lon` in degrees. `start`, `end`: the days (both included)
    when it is needed or free; None is open.
    """

    id: str
    text: str
    kind: str = ""
    lat: float | None = None
    lon: float | None = None
    start: date | None = None
    end: date | None = None

    def __post_init__(self) -> None:
        faults = []
        if self.kind and self.kind not in KINDS:
            faults.append(f'"{self.id}": the kind "{self.kind}" is none of {", ".join(KINDS)}')
        if (self.lat is None) != (self.lon is None):
            faults.append(f'"{self.id}": a place has a latitude and a longitude')
        for name, value, most in (("latitude", self.lat, 90), ("longitude", self.lon, 180)):
            if value is not None and not -most <= value <= most:
                faults.append(f'"{self.id}": {value} is no {name}')
        if self.start and self.end and self.end < self.start:
            faults.append(f'"{self.id}": it ends before it begins')
        if faults:
            raise BadThings(faults)


@dataclass(frozen=True, slots=True)
class Why:
    """A reason: `code` and `values` for translation, `text` the English sentence."""

    code: str
    values: Mapping[str, Any] = field(default_factory=dict)

    @property
    def text(self) -> str:
        shown = {
            key: ", ".join(value) if isinstance(value, tuple) else value
            for key, value in self.values.items()
        }
        return SENTENCES[self.code].format(**shown)


@dataclass(frozen=True, slots=True)
class Match:
    """An offer that may answer a need: `score` in 0..1, why, and how far (None when unknown)."""

    offer: str
    score: float
    reasons: tuple[Why, ...]
    km: float | None = None

    def to_dict(self) -> dict[str, Any]:
        """As JSON."""
        return {
            "offer": self.offer,
            "score": round(self.score, 4),
            "reasons": [reason.text for reason in self.reasons],
            "km": None if self.km is None else round(self.km, 1),
        }
