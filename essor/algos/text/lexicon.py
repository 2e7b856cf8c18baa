"""What a text speaks of, in some fifty concepts of life in a territory (`lexicon.txt`).

Ideas on one subject seldom share words ("une épicerie coopérative", "des paniers de légumes"), and
a general sentence encoder sees the turn of phrase as much as the subject. The lexicon says which
words belong together *here*; the encoder then carries it to words that the lexicon does not hold:
a ridge regression from vectors to concepts, learned on the lexicon itself (1,700 expressions) and
kept beside it, guesses the concepts of unknown words and of whole texts.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from essor.algos.later import Later
from essor.algos.text.one_core import one_core
from essor.algos.text.vectors import has_vectors, vectors
from essor.algos.text.words import language, main_language, stems, words

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
else:
    np = Later("numpy")

TERRITORY = Path(__file__).parent / "lexicon.txt"
"""The lexicon of this package; other packages have their own in the same format."""
NEIGHBOUR = 0.25
"""What a concept gives to the others of its field."""
FAINT = 0.6
"""What a word of any subject counts where it also stands under a concept."""
RIDGE = 3.0
LEAST_SCORE, SURE_SCORE = 0.08, 0.4
"""Regression scores below which a word is not guessed, and from which it counts like a known one."""


@dataclass(frozen=True, slots=True)
class Concept:
    """A subject, its name in French and English, and the field that it is part of."""

    name: str
    english: str
    field: str


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Concepts, and expressions (sets of stems) with the concepts that they point to."""

    path: Path
    concepts: tuple[Concept, ...]
    expressions: tuple[tuple[str, str, int], ...]  # language, wording, concept
    general: tuple[tuple[str, str], ...]  # language, word of any subject
    faint: frozenset[tuple[str, str]]  # stems of those
    single: Mapping[tuple[str, str], tuple[int, ...]]
    several: Mapping[tuple[str, str], tuple[tuple[frozenset[str], int], ...]]  # by their last stem

    def neighbours(self, share: float = NEIGHBOUR) -> NDArray[np.float64]:
        """Shape (concepts, concepts): 1 on the diagonal, `share` within a field."""
        fields = [concept.field for concept in self.concepts]
        same = np.array([[share * (a == b) for b in fields] for a in fields])
        np.fill_diagonal(same, 1.0)
        return same


@lru_cache(maxsize=4)
def lexicon(path: Path = TERRITORY) -> Lexicon:
    """The lexicon in a file, read once (some 0.2 s, mostly stems)."""
    concepts: list[Concept] = []
    expressions: list[tuple[str, str, int]] = []
    general: list[tuple[str, str]] = []
    field = ""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("= "):
            field = line[2:].partition(" / ")[0].strip()
        elif line and not line.startswith("#"):
            names, _, rest = line.partition(":")
            french, _, english = rest.partition("|")
            wordings = [
                (lang, each.strip())
                for lang, part in (("fr", french), ("en", english))
                for each in part.split(",")
                if each.strip()
            ]
            if names.startswith("~"):
                general += wordings
                continue
            name, _, translated = names.partition(" / ")
            expressions += [(lang, each, len(concepts)) for lang, each in wordings]
            concepts.append(Concept(name.strip(), translated.strip(), field))
    faint = frozenset((lang, stem) for lang, word in general for stem in stems(word, lang))
    said = (path, tuple(concepts), tuple(expressions), tuple(general), faint)
    return Lexicon(*said, *_by_stem(expressions))


def _by_stem(
    expressions: Sequence[tuple[str, str, int]],
) -> tuple[
    dict[tuple[str, str], tuple[int, ...]],
    dict[tuple[str, str], tuple[tuple[frozenset[str], int], ...]],
]:
    single: dict[tuple[str, str], tuple[int, ...]] = {}
    several: dict[tuple[str, str], tuple[tuple[frozenset[str], int], ...]] = {}
    for lang, wording, concept in expressions:
        found = list(dict.fromkeys(stems(wording, lang)))
        if len(found) == 1:
            held = single.get((lang, found[0]), ())
            single[lang, found[0]] = tuple(dict.fromkeys((*held, concept)))
        elif found:
            key = (lang, found[-1])
            several[key] = (*several.get(key, ()), (frozenset(found), concept))
    return single, several


def concepts_of(
    texts: Sequence[str], *, guess: bool = True, path: Path = TERRITORY, main: str = ""
) -> NDArray[np.float64]:
    """How much each text speaks of each concept, shape (len(texts), concepts), 0 and above.

    A known word counts 1, shared by the concepts that it stands under; an expression of several
    words counts 1 more. With `guess`, words that the lexicon does not hold count up to 1, by the
    regression (nothing without the package of sentence vectors). `main` is the language of texts
    that do not show theirs; blank: that of most of them.
    """
    known = lexicon(path)
    main = main or main_language(texts)
    counts = np.zeros((len(texts), len(known.concepts)))
    strangers: list[tuple[int, str]] = []
    for i, text in enumerate(texts):
        lang = language(text, main)
        seen: dict[str, str] = {}
        for word in words(text[:5000], lang):
            if word.stem:
                seen.setdefault(word.stem, word.text.lower())
        for stem, written in seen.items():
            held = known.single.get((lang, stem))
            weight = FAINT if (lang, stem) in known.faint else 1.0
            for concept in held or ():
                counts[i, concept] += weight / len(held or ())
            for whole, concept in known.several.get((lang, stem), ()):
                counts[i, concept] += whole <= seen.keys()
            if held is None and (lang, stem) not in known.faint:
                strangers.append((i, written))
    if guess and strangers:
        _add_guesses(counts, strangers, path)
    return counts


def _add_guesses(
    counts: NDArray[np.float64], strangers: Sequence[tuple[int, str]], path: Path
) -> None:
    distinct = list(dict.fromkeys(written for _, written in strangers))
    found = vectors(distinct)
    regression = _regression(path)
    if found is None or regression is None:
        return
    scores = regression.scores(found)
    best = scores.max(axis=1)
    share = np.maximum(scores, 0) ** 2
    share *= (np.clip(best / SURE_SCORE, 0, 1) / np.maximum(share.sum(axis=1), 1e-12))[:, None]
    share[best < LEAST_SCORE] = 0
    place = {written: i for i, written in enumerate(distinct)}
    for i, written in strangers:
        counts[i] += share[place[written]]


@dataclass(frozen=True, slots=True)
class Regression:
    """From unit sentence vectors to one score a concept (about 1 for its own words, 0 else)."""

    mean: NDArray[np.float64]
    weights: NDArray[np.float64]

    def scores(
        self, found: NDArray[np.float32], mean: NDArray[np.float64] | None = None
    ) -> NDArray[np.float64]:
        """Scores of vectors, shape (vectors, concepts); `mean`: of their own collection."""
        away = found.astype(np.float64) - (self.mean if mean is None else mean)
        away /= np.maximum(np.linalg.norm(away, axis=1, keepdims=True), 1e-9)
        away[~found.any(axis=1)] = 0
        with one_core():
            scores: NDArray[np.float64] = away @ self.weights
        return scores


def learn(known: Lexicon) -> Regression | None:
    """The ridge regression from vectors to concepts, on every expression of the lexicon.

    Some 2 s. None without the package of sentence vectors.
    """
    taught = [wording for _, wording, _ in known.expressions]
    found = vectors([*taught, *(word for _, word in known.general)])
    if found is None:
        return None
    mean = found.mean(axis=0).astype(np.float64)
    away = found.astype(np.float64) - mean
    away /= np.maximum(np.linalg.norm(away, axis=1, keepdims=True), 1e-9)
    target = np.full((len(away), len(known.concepts)), -1 / len(known.concepts))
    target[np.arange(len(taught)), [concept for *_, concept in known.expressions]] += 1
    with one_core():
        inner = away.T @ away + RIDGE * np.eye(away.shape[1])
        weights = np.linalg.solve(inner, away.T @ target)
    return Regression(mean, weights)


def fingerprint(path: Path = TERRITORY) -> str:
    """Of a lexicon's text: tells whether what was learned is of today's lexicon."""
    return hashlib.sha256(path.read_bytes()).hexdigest()[:16]


def write_learned(path: Path = TERRITORY) -> None:
    """Learn a lexicon and keep that beside it: `python -m essor.algos.text.lexicon [FILE]`."""
    learned = learn(lexicon(path))
    if learned is not None:
        np.savez_compressed(
            path.with_suffix(".npz"),
            of=np.array(fingerprint(path)),
            mean=learned.mean.astype(np.float16),
            weights=learned.weights.astype(np.float16),
        )


@lru_cache(maxsize=4)
def _regression(path: Path) -> Regression | None:
    if not has_vectors():
        return None
    if path.with_suffix(".npz").exists():
        with np.load(path.with_suffix(".npz"), allow_pickle=False) as kept:
            if str(kept["of"]) == fingerprint(path):
                return Regression(
                    kept["mean"].astype(np.float64), kept["weights"].astype(np.float64)
                )
    return learn(lexicon(path))


def concept_scores(
    found: NDArray[np.float32], mean: NDArray[np.float64], path: Path = TERRITORY
) -> NDArray[np.float64] | None:
    """Scores of whole texts by their vectors, centred on `mean`; None without the weights."""
    regression = _regression(path)
    return None if regression is None else regression.scores(found, mean)


if __name__ == "__main__":
    write_learned(Path(sys.argv[1]).resolve() if len(sys.argv) > 1 else TERRITORY)
