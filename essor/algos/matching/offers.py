"""An index of offers, and the best answers to a need.

Facets cut first: another kind of thing, days that never meet, a request among the offers. Then
what it is about: a thesaurus of needs and offers, carried by the sentence encoder to words that it
does not hold; shared stems, which weigh least, since a trap shares words more often than an answer does.
The encoder's own likeness weighs nothing: it is drawn to shared words, too. Then distance.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from essor.algos.later import Later
from essor.algos.matching.middle import middle_of
from essor.algos.matching.model import NEAR, Match, Thing, Why
from essor.algos.matching.readings import THESAURUS, Readings, number_of, read, stems_of
from essor.algos.matching.rows import Rows, Stems
from essor.algos.text import main_language
from essor.algos.text.lexicon import concept_scores, lexicon
from essor.algos.text.one_core import one_core

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
else:
    np = Later("numpy")

FIELD_KINDS = {
    "savoir-faire": "skill",
    "gens": "people",
    "lieux": "premises",
    "matériel": "equipment",
    "matières": "material",
    "argent": "money",
    "partenaires": "partner",
}
KIND_NAMES = ("", *NEAR)
WORDS_WEIGHT, TEXT_WEIGHT, FIELD_WEIGHT, STEMS_WEIGHT = 0.35, 0.65, 0.05, 0.03
NEAR_KIND, OTHER_KIND, OTHER_GUESS, REQUEST = 0.7, 0.15, 0.6, 0.8
"""What an offer keeps of its score: of a neighbouring kind, another kind, another kind by our guess
only, a request among the offers. People file things wrongly: another kind comes last, not never."""
WITHIN_KIND = 0.02
"""What a concept gives to the others of its kind: kinds themselves are weighed apart."""
FAR_KM, NEVER_NEARER = 40.0, 0.75
"""Kilometres over which distance tells, and what the farthest offer keeps."""
EARTH_KM = 6371.0
FOREVER = (date(1, 1, 1), date(9999, 12, 31))
SHOWN = 3


class Offers:
    """The best of many offers for a need; 10,000 offers are asked in some 10 ms.

    `meaning=False` leaves sentence vectors out, as happens by itself where they are missing.
    `readings` are those of the offers' texts, where they were kept: then the texts are not read.

    >>> offers = Offers([Thing("a", "Expert-comptable à la retraite"), Thing("b", "Un hangar vide")])
    >>> [match.offer for match in offers.find(Thing("n", "Quelqu'un pour tenir les comptes"), 1)]
    ['a']
    """

    def __init__(
        self, offers: Sequence[Thing], *, meaning: bool = True, readings: Readings | None = None
    ) -> None:
        self.offers = list(offers)
        self.main = main_language(offer.text for offer in offers)
        if readings is None:
            readings = read([each.text for each in offers], meaning=meaning, main=self.main)
        self.meaning = meaning and readings.meaning
        self._mean = middle_of(readings)
        self._rows = self._as_rows(self.offers, readings)
        self._stems = Stems(self._rows.stems)

    def changed(
        self, offers: Sequence[Thing], readings: Readings, gone: Collection[str] = ()
    ) -> Offers:
        """The same index with `offers` new or read anew, and without those `gone`.

        Costs a copy, not the readings of the others. The middle of all texts stays where it was:
        build anew when much has changed.
        """
        out = {*gone, *(each.id for each in offers)}
        kept = [i for i, each in enumerate(self.offers) if each.id not in out]
        other = object.__new__(Offers)
        other.offers = [self.offers[i] for i in kept] + list(offers)
        other.main, other.meaning, other._mean = self.main, self.meaning, self._mean
        other._rows = self._rows.and_those(kept, self._as_rows(offers, readings))
        other._stems = Stems(other._rows.stems)
        return other

    def find(
        self,
        need: Thing,
        top: int = 10,
        *,
        least: float = 0.0,
        reading: Readings | None = None,
        among: Collection[str] | None = None,
    ) -> list[Match]:
        """The best offers for a need, best first, at most `top`, none scored `least` or under.

        Ties keep the order of the offers. Offers never free when needed are left out; those of
        a kind that cannot answer come last. `reading` is the need's own, where it was kept;
        `among` keeps some offers by their ids. O(offers x dimensions).
        """
        if not self.offers or top < 1:
            return []
        if reading is None:
            reading = read([need.text], meaning=self.meaning, main=self.main)
        asked = _Asked(self._points(reading)[0], reading.counts[0], stems_of(need.text, self.main))
        likeness, overlap = self._likeness(asked)
        km, days = self._distances(need), self._days_in_common(need)
        score = likeness * self._by_kind(need, asked) * np.where(self._rows.asks, REQUEST, 1.0)
        near = NEVER_NEARER + (1 - NEVER_NEARER) * np.exp(-np.nan_to_num(km, nan=FAR_KM) / FAR_KM)
        score = score * near * (days > 0)
        if among is not None:
            score *= np.array([each.id in among for each in self.offers])
        return [
            Match(
                self.offers[i].id,
                float(min(score[i], 1.0)),
                self._reasons(need, asked, int(i), float(overlap[i]), km[i], int(days[i])),
                None if math.isnan(km[i]) else float(km[i]),
            )
            for i in np.argsort(-score, kind="stable")[:top]
            if score[i] > least
        ]

    def _as_rows(self, offers: Sequence[Thing], readings: Readings) -> Rows:
        given = [KIND_NAMES.index(each.kind) for each in offers]
        places = [
            (math.nan, math.nan) if each.lat is None or each.lon is None else (each.lat, each.lon)
            for each in offers
        ]
        days = [
            ((each.start or FOREVER[0]).toordinal(), (each.end or FOREVER[1]).toordinal())
            for each in offers
        ]
        guessed = _kinds_from(readings.counts)
        kinds = np.array(given, dtype=np.int64)
        return Rows(
            self._points(readings),
            readings.counts,
            readings.stems,
            np.where(kinds > 0, kinds, guessed),
            kinds > 0,
            np.radians(np.array(places, dtype=np.float64).reshape(-1, 2)),
            readings.asks,
            np.array(days, dtype=np.int64).reshape(-1, 2),
        )

    def _points(self, readings: Readings) -> NDArray[np.float32]:
        known, life = _neighbours()
        blocks = [
            (WORDS_WEIGHT, _unit(readings.counts @ known)),
            (FIELD_WEIGHT, _unit(readings.life @ life)),
        ]
        if self.meaning and self._mean is not None:
            raw = readings.vectors
            scores = concept_scores(raw, self._mean, THESAURUS)
            assert scores is not None, "has_vectors() said that they are there"
            blocks.append((TEXT_WEIGHT, _unit(np.maximum(scores, 0) @ known)))
        wide = np.hstack([math.sqrt(weight) * block for weight, block in blocks])
        points: NDArray[np.float32] = wide.astype(np.float32)
        return points

    def _likeness(self, asked: _Asked) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        with one_core():
            like = np.maximum(self._rows.points @ asked.point, 0).astype(np.float64)
        shared = np.zeros(len(self.offers))
        whole = 0.0
        for stem in asked.stems:
            number = number_of(stem)
            rarity = self._stems.rarity(number)
            whole += rarity
            shared[self._stems.holders(number)] += rarity
        overlap = shared / np.sqrt(np.maximum(whole * self._stems.whole, 1e-9))
        return like + STEMS_WEIGHT * overlap, overlap

    def _by_kind(self, need: Thing, asked: _Asked) -> NDArray[np.float64]:
        """1 for the same kind, less for neighbours and guesses, 0 for what cannot answer."""
        kind = need.kind or KIND_NAMES[int(_kinds_from(asked.counts.reshape(1, -1))[0])]
        factor = {kind: 1.0} | dict.fromkeys(NEAR.get(kind, ()), NEAR_KIND)
        by_name = [factor.get(each, OTHER_KIND) if kind and each else 1.0 for each in KIND_NAMES]
        sure = np.array(by_name)[self._rows.kinds]
        unsure = np.maximum(sure, OTHER_GUESS)
        return np.where(self._rows.given & bool(need.kind), sure, unsure)

    def _distances(self, need: Thing) -> NDArray[np.float64]:
        """Kilometres as the crow flies; NaN where a place is unknown."""
        if need.lat is None or need.lon is None:
            return np.full(len(self.offers), np.nan)
        lat, lon = math.radians(need.lat), math.radians(need.lon)
        north, east = self._rows.places[:, 0], self._rows.places[:, 1]
        half = (
            np.sin((north - lat) / 2) ** 2
            + np.cos(north) * math.cos(lat) * np.sin((east - lon) / 2) ** 2
        )
        result: NDArray[np.float64] = 2 * EARTH_KM * np.arcsin(np.sqrt(np.clip(half, 0, 1)))
        return result

    def _days_in_common(self, need: Thing) -> NDArray[np.int64]:
        begin = (need.start or FOREVER[0]).toordinal()
        end = (need.end or FOREVER[1]).toordinal()
        days = self._rows.days
        common = np.minimum(days[:, 1], end) - np.maximum(days[:, 0], begin) + 1
        result: NDArray[np.int64] = np.maximum(common, 0)
        return result

    def _reasons(
        self, need: Thing, asked: _Asked, i: int, overlap: float, km: float, days: int
    ) -> tuple[Why, ...]:
        found = []
        offer = self.offers[i]
        if need.kind and offer.kind == need.kind:
            found.append(Why("kind", {"kind": need.kind}))
        found += _subject(asked.counts, self._rows.counts[i])
        common = sorted(
            (stem for stem in asked.stems if i in self._stems.holders(number_of(stem))),
            key=lambda stem: (-self._stems.rarity(number_of(stem)), stem),
        )
        if common and overlap > 0:
            found.append(Why("words", {"words": tuple(asked.stems[s] for s in common[:SHOWN])}))
        like = float(asked.point @ self._rows.points[i] / max(asked.point @ asked.point, 1e-9))
        if self.meaning and like >= 0.25:
            found.append(Why("meaning", {"percent": round(100 * min(like, 1.0))}))
        if not math.isnan(km):
            found.append(Why("near", {"km": round(km) if km >= 10 else round(km, 1)}))
        if (need.start or need.end) and (offer.start or offer.end) and days < 10**6:
            found.append(Why("dates", {"days": days}))
        return tuple(found)


@dataclass(frozen=True, slots=True)
class _Asked:
    """A need as a point, its thesaurus counts, its stems as they are written."""

    point: NDArray[np.float32]
    counts: NDArray[np.float32]
    stems: dict[str, str]


def _subject(asked: NDArray[np.float32], offered: NDArray[np.float32]) -> list[Why]:
    """The one or two things that both speak of."""
    both = np.minimum(asked, offered)
    concepts = lexicon(THESAURUS).concepts
    main = [int(n) for n in np.argsort(-both, kind="stable")[:2] if both[n] >= 0.3]
    if not main:
        return []
    names = tuple(concepts[n].name for n in main)
    english = tuple(concepts[n].english for n in main)
    return [Why("subject", {"names": names, "english": english})]


@lru_cache(maxsize=1)
def _neighbours() -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    return lexicon(THESAURUS).neighbours(WITHIN_KIND), lexicon().neighbours()


def _unit(rows: NDArray[np.float64]) -> NDArray[np.float64]:
    return rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-12)


@lru_cache(maxsize=1)
def _kind_of_concepts() -> NDArray[np.float64]:
    """Shape (concepts, kinds): 1 where a concept belongs to a kind."""
    concepts = lexicon(THESAURUS).concepts
    return np.array(
        [[float(FIELD_KINDS[each.field] == name) for name in KIND_NAMES] for each in concepts]
    )


def _kinds_from(counts: NDArray[np.float32]) -> NDArray[np.int64]:
    """The kind (place in `KIND_NAMES`) that most of the words of each text point to; 0 where they
    point nowhere or both ways."""
    sums = counts @ _kind_of_concepts()
    ranked = np.sort(sums, axis=1)[:, ::-1]
    sure = (ranked[:, 0] >= 0.5) & (ranked[:, 0] >= 1.5 * ranked[:, 1])
    kinds: NDArray[np.int64] = np.where(sure, sums.argmax(axis=1), 0).astype(np.int64)
    return kinds
