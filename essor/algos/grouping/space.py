"""Ideas as points: directions in which ideas of one subject lie close together.

Three blocks, each of unit length before its weight: what the words speak of (the lexicon's
concepts), what the whole text speaks of (regression of its vector on the concepts), and the
vector itself, centred on the harvest's mean. Without sentence vectors: the lexicon's known words,
and stems by rarity, projected on 256 dimensions.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from essor.algos.later import Later
from essor.algos.text import has_vectors, language, main_language, stems, vectors
from essor.algos.text.lexicon import concept_scores, concepts_of, lexicon
from essor.algos.text.one_core import one_core

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
else:
    np = Later("numpy")

WORDS_WEIGHT, TEXT_WEIGHT, VECTOR_WEIGHT = 0.4, 0.15, 0.15
STEMS_WEIGHT = 0.3
"""Of rare stems beside the lexicon, where sentence vectors are missing."""
PROJECTED = 256
MEAN_NEEDS = 5
"""Texts until which the mean is only half trusted."""


@dataclass(frozen=True, slots=True)
class Centre:
    """What is taken away from every vector and every score: the harvest's own mean."""

    vectors: NDArray[np.float64]
    scores: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Space:
    """`points`: shape (texts, dimensions), rows of length at most 1, zero where nothing is said.

    `concepts`: shape (texts, concepts), what the words speak of. `centre`: None without the
    package of sentence vectors.
    """

    points: NDArray[np.float64]
    concepts: NDArray[np.float64]
    centre: Centre | None

    @property
    def meaning(self) -> bool:
        return self.centre is not None

    def place(self, texts: Sequence[str]) -> NDArray[np.float64]:
        """Points of other texts in this space, by their known words and their vectors."""
        concepts = concepts_of(texts, guess=False)
        if self.centre is None:
            return _joined([(WORDS_WEIGHT, _spread(concepts)), (STEMS_WEIGHT, _projected(texts))])
        raw = vectors(texts)
        assert raw is not None, "there when the space was made"
        return _points(concepts, raw, self.centre)


def space_of(
    texts: Sequence[str], known: NDArray[np.float32] | None = None, *, meaning: bool = True
) -> Space:
    """The points of texts; `known` are their sentence vectors where one has them already.

    About 1 ms a text, most of it encoding.
    """
    use = meaning and has_vectors()
    concepts = concepts_of(texts, guess=use)
    if not use:
        blocks = [(WORDS_WEIGHT, _spread(concepts)), (STEMS_WEIGHT, _projected(texts))]
        return Space(_joined(blocks), concepts, None)
    raw = vectors(texts) if known is None else known
    assert raw is not None, "has_vectors() said that they are there"
    said = raw.any(axis=1)
    mean = np.zeros(raw.shape[1])
    if said.any():
        count = int(said.sum())
        mean = raw[said].mean(axis=0, dtype=np.float64) * (count / (count + MEAN_NEEDS))
    scores = _scores(raw, mean)
    centre = Centre(mean, scores[said].mean(axis=0) if said.any() else scores.sum(axis=0))
    return Space(_points(concepts, raw, centre), concepts, centre)


def _points(
    concepts: NDArray[np.float64], raw: NDArray[np.float32], centre: Centre
) -> NDArray[np.float64]:
    said = raw.any(axis=1).reshape(-1, 1)
    return _joined(
        [
            (WORDS_WEIGHT, _spread(concepts)),
            (TEXT_WEIGHT, unit((_scores(raw, centre.vectors) - centre.scores) * said)),
            (VECTOR_WEIGHT, unit((raw - centre.vectors) * said)),
        ]
    )


def _scores(raw: NDArray[np.float32], mean: NDArray[np.float64]) -> NDArray[np.float64]:
    scores = concept_scores(raw, mean)
    assert scores is not None, "has_vectors() said that they are there"
    return products(scores, lexicon().neighbours())


def _spread(concepts: NDArray[np.float64]) -> NDArray[np.float64]:
    return unit(products(concepts, lexicon().neighbours()))


def unit(rows: NDArray[np.float64]) -> NDArray[np.float64]:
    """Rows of length 1; a zero row stays zero."""
    return rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-12)


def _joined(blocks: Sequence[tuple[float, NDArray[np.float64]]]) -> NDArray[np.float64]:
    whole = sum(weight for weight, _ in blocks)
    return np.hstack([np.sqrt(weight / whole) * block for weight, block in blocks])


def _projected(texts: Sequence[str]) -> NDArray[np.float64]:
    """Stems weighed by rarity, each on its own random signs: cosines kept within some 0.06."""
    main = main_language(texts)
    held = [set(stems(text, language(text, main))) for text in texts]
    often = Counter(stem for each in held for stem in each)
    signs = {
        stem: np.random.default_rng(list(stem.encode())).choice([-1.0, 1.0], PROJECTED)
        for stem in often
    }
    rows = np.zeros((len(texts), PROJECTED))
    for i, each in enumerate(held):
        for stem in sorted(each):
            rows[i] += np.log((len(texts) + 50) / often[stem]) * signs[stem]
    return unit(rows)


def products(one: NDArray[np.float64], other: NDArray[np.float64]) -> NDArray[np.float64]:
    """All dot products between two sets of rows, on one core."""
    with one_core():
        result: NDArray[np.float64] = one @ other.T
    return result
