"""An index of offers, and the best answers to a need.

Facets cut first: another kind of thing, days that never meet, a request among the offers. Then
what it is about: a thesaurus of needs and offers, carried by the sentence encoder to words that it
does not hold; the encoder itself; shared stems, which weigh least, since a trap shares words more
often than an answer does. Then distance.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from essor.algos.later import Later
from essor.algos.matching.model import NEAR, Match, Thing, Why
from essor.algos.text import has_vectors, language, main_language, vectors, words
from essor.algos.text.lexicon import concept_scores, concepts_of, lexicon
from essor.algos.text.one_core import one_core

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
else:
    np = Later("numpy")

THESAURUS = Path(__file__).parent / "thesaurus.txt"
FIELD_KINDS = {
    "savoir-faire": "skill",
    "gens": "people",
    "lieux": "premises",
    "matériel": "equipment",
    "matières": "material",
    "argent": "money",
    "partenaires": "partner",
}
WORDS_WEIGHT, TEXT_WEIGHT, FIELD_WEIGHT, VECTOR_WEIGHT, STEMS_WEIGHT = 0.35, 0.5, 0.05, 0.15, 0.03
NEAR_KIND, OTHER_KIND, OTHER_GUESS, REQUEST = 0.7, 0.15, 0.6, 0.8
"""What an offer keeps of its score: of a neighbouring kind, another kind, another kind by our guess
only, a request among the offers. People file things wrongly: another kind comes last, not never."""
WITHIN_KIND = 0.02
"""What a concept gives to the others of its kind: kinds themselves are weighed apart."""
FAR_KM, NEVER_NEARER = 40.0, 0.75
"""Kilometres over which distance tells, and what the farthest offer keeps."""
REQUESTS = re.compile(
    r"\b(cherche|cherchons|recherche|recherchons|besoin d|il nous faut|looking for|wanted)\b(?! à)",
    re.IGNORECASE,
)
EARTH_KM = 6371.0
FOREVER = (date(1, 1, 1), date(9999, 12, 31))
SHOWN = 3


@dataclass(frozen=True, slots=True)
class _Said:
    """Texts as points: rows of blocks, their thesaurus counts and their stems as written."""

    points: NDArray[np.float32]
    concepts: NDArray[np.float64]
    stems: list[dict[str, str]]


class Offers:
    """The best of many offers for a need; 10,000 offers are asked in some 10 ms.

    `meaning=False` leaves sentence vectors out, as happens by itself where they are missing.

    >>> offers = Offers([Thing("a", "Expert-comptable à la retraite"), Thing("b", "Un hangar vide")])
    >>> [match.offer for match in offers.find(Thing("n", "Quelqu'un pour tenir les comptes"), 1)]
    ['a']
    """

    def __init__(self, offers: Sequence[Thing], *, meaning: bool = True) -> None:
        self.offers = list(offers)
        self.meaning = meaning and has_vectors()
        self._main = main_language(offer.text for offer in offers)
        texts = [offer.text for offer in offers]
        raw = vectors(texts) if self.meaning and texts else None
        self._mean = None if raw is None else raw.mean(axis=0, dtype=np.float64)
        self._said = self._read(texts, raw)
        kinds = [offer.kind or self._guessed(i) for i, offer in enumerate(self.offers)]
        self._kind_numbers = np.array([["", *NEAR].index(each) for each in kinds], dtype=np.int64)
        self._given = np.array([bool(offer.kind) for offer in self.offers], dtype=np.bool_)
        self._held: dict[str, list[int]] = defaultdict(list)
        for i, each in enumerate(self._said.stems):
            for stem in each:
                self._held[stem].append(i)
        self._rare = np.array(
            [sum(map(self._rarity, each)) for each in self._said.stems], dtype=np.float64
        )
        self._places = np.radians(
            np.array(
                [
                    (math.nan, math.nan) if o.lat is None or o.lon is None else (o.lat, o.lon)
                    for o in self.offers
                ],
                dtype=np.float64,
            ).reshape(-1, 2)
        )
        self._asks = np.array([bool(REQUESTS.search(o.text)) for o in self.offers], dtype=np.bool_)
        self._days = np.array(
            [
                ((o.start or FOREVER[0]).toordinal(), (o.end or FOREVER[1]).toordinal())
                for o in self.offers
            ],
            dtype=np.int64,
        ).reshape(-1, 2)

    def find(self, need: Thing, top: int = 10, *, least: float = 0.0) -> list[Match]:
        """The best offers for a need, best first, at most `top`, none scored `least` or under.

        Ties keep the order of the offers. Offers never free when needed are left out; those of
        a kind that cannot answer come last. O(offers x dimensions).
        """
        if not self.offers or top < 1:
            return []
        raw = vectors([need.text]) if self.meaning else None
        asked = self._read([need.text], raw)
        likeness, stems = self._likeness(asked)
        kinds = self._by_kind(need, asked)
        km = self._distances(need)
        days = self._days_in_common(need)
        score = likeness * kinds * np.where(self._asks, REQUEST, 1.0)
        near = NEVER_NEARER + (1 - NEVER_NEARER) * np.exp(-np.nan_to_num(km, nan=FAR_KM) / FAR_KM)
        score = score * near * (days > 0)
        order = np.argsort(-score, kind="stable")[:top]
        return [
            Match(
                self.offers[i].id,
                float(min(score[i], 1.0)),
                self._reasons(need, asked, int(i), float(stems[i]), km[i], int(days[i])),
                None if math.isnan(km[i]) else float(km[i]),
            )
            for i in order
            if score[i] > least
        ]

    def _read(self, texts: Sequence[str], raw: NDArray[np.float32] | None) -> _Said:
        counts = concepts_of(texts, guess=self.meaning, path=THESAURUS)
        known = lexicon(THESAURUS).neighbours(WITHIN_KIND)
        life = concepts_of(texts, guess=self.meaning) @ lexicon().neighbours()
        blocks = [(WORDS_WEIGHT, _unit(counts @ known)), (FIELD_WEIGHT, _unit(life))]
        if raw is not None and self._mean is not None:
            scores = concept_scores(raw, self._mean, THESAURUS)
            assert scores is not None, "has_vectors() said that they are there"
            away = (raw - self._mean) * raw.any(axis=1).reshape(-1, 1)
            blocks.append((TEXT_WEIGHT, _unit(np.maximum(scores, 0) @ known)))
            blocks.append((VECTOR_WEIGHT, _unit(away)))
        wide = np.hstack([math.sqrt(weight) * block for weight, block in blocks])
        points: NDArray[np.float32] = wide.astype(np.float32)
        return _Said(points, counts, [self._stems(text) for text in texts])

    def _stems(self, text: str) -> dict[str, str]:
        read = words(text[:5000], language(text, self._main))
        return {word.stem: word.text for word in reversed(read) if word.stem}

    def _guessed(self, i: int) -> str:
        return _kind_from(self._said.concepts[i])

    def _rarity(self, stem: str) -> float:
        held = len(self._held.get(stem, ()))
        return math.log(1 + (len(self.offers) + 50) / (held + 0.5))

    def _likeness(self, asked: _Said) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        with one_core():
            like = np.maximum(self._said.points @ asked.points[0], 0).astype(np.float64)
        shared = np.zeros(len(self.offers))
        whole = 0.0
        for stem in asked.stems[0]:
            rarity = self._rarity(stem)
            whole += rarity
            shared[self._held.get(stem, [])] += rarity
        overlap = shared / np.sqrt(np.maximum(whole * self._rare, 1e-9))
        return like + STEMS_WEIGHT * overlap, overlap

    def _by_kind(self, need: Thing, asked: _Said) -> NDArray[np.float64]:
        """1 for the same kind, less for neighbours and guesses, 0 for what cannot answer."""
        kind = need.kind or _kind_from(asked.concepts[0])
        factor = {kind: 1.0} | dict.fromkeys(NEAR.get(kind, ()), NEAR_KIND)
        names = ["", *NEAR]
        by_name = [factor.get(each, OTHER_KIND) if kind and each else 1.0 for each in names]
        sure = np.array(by_name)[self._kind_numbers]
        unsure = np.maximum(sure, OTHER_GUESS)
        return np.where(self._given & bool(need.kind), sure, unsure)

    def _distances(self, need: Thing) -> NDArray[np.float64]:
        """Kilometres as the crow flies; NaN where a place is unknown."""
        if need.lat is None or need.lon is None:
            return np.full(len(self.offers), np.nan)
        lat, lon = math.radians(need.lat), math.radians(need.lon)
        north, east = self._places[:, 0], self._places[:, 1]
        half = (
            np.sin((north - lat) / 2) ** 2
            + np.cos(north) * math.cos(lat) * np.sin((east - lon) / 2) ** 2
        )
        result: NDArray[np.float64] = 2 * EARTH_KM * np.arcsin(np.sqrt(np.clip(half, 0, 1)))
        return result

    def _days_in_common(self, need: Thing) -> NDArray[np.int64]:
        begin = (need.start or FOREVER[0]).toordinal()
        end = (need.end or FOREVER[1]).toordinal()
        common = np.minimum(self._days[:, 1], end) - np.maximum(self._days[:, 0], begin) + 1
        result: NDArray[np.int64] = np.maximum(common, 0)
        return result

    def _reasons(
        self, need: Thing, asked: _Said, i: int, overlap: float, km: float, days: int
    ) -> tuple[Why, ...]:
        found = []
        offer = self.offers[i]
        if need.kind and offer.kind == need.kind:
            found.append(Why("kind", {"kind": need.kind}))
        both = np.minimum(asked.concepts[0], self._said.concepts[i])
        concepts = lexicon(THESAURUS).concepts
        main = [int(n) for n in np.argsort(-both, kind="stable")[:2] if both[n] >= 0.3]
        if main:
            names = tuple(concepts[n].name for n in main)
            english = tuple(concepts[n].english for n in main)
            found.append(Why("subject", {"names": names, "english": english}))
        common = sorted(
            asked.stems[0].keys() & self._said.stems[i].keys(),
            key=lambda stem: (-self._rarity(stem), stem),
        )
        if common and overlap > 0:
            found.append(Why("words", {"words": tuple(asked.stems[0][s] for s in common[:SHOWN])}))
        like = float(asked.points[0] @ self._said.points[i] / (asked.points[0] @ asked.points[0]))
        if self.meaning and like >= 0.25:
            found.append(Why("meaning", {"percent": round(100 * min(like, 1.0))}))
        if not math.isnan(km):
            found.append(Why("near", {"km": round(km) if km >= 10 else round(km, 1)}))
        if (need.start or need.end) and (offer.start or offer.end) and days < 10**6:
            found.append(Why("dates", {"days": days}))
        return tuple(found)


def _unit(rows: NDArray[np.float64]) -> NDArray[np.float64]:
    return rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-12)


def _kind_from(counts: NDArray[np.float64]) -> str:
    """The kind that most of the words point to; "" when they point nowhere or both ways."""
    sums: dict[str, float] = defaultdict(float)
    for concept, count in zip(lexicon(THESAURUS).concepts, counts, strict=True):
        sums[FIELD_KINDS[concept.field]] += float(count)
    ranked = sorted(sums.values(), reverse=True)
    if ranked[0] < 0.5 or ranked[0] < 1.5 * ranked[1]:
        return ""
    return max(sums, key=lambda kind: sums[kind])
