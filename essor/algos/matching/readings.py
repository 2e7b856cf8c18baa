"""What matching reads in a text, computed once and kept: a changed offer costs its own reading only.

A reading depends on its text alone (and on the lexicons, see ``stamp``), never on the other offers.
Stems are kept as numbers of 32 bits, enough to find shared words and useless to read a text back.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from struct import Struct
from typing import TYPE_CHECKING
from zlib import crc32

from essor.algos.later import Later
from essor.algos.text import SIZE, has_vectors, language, main_language, vectors, words
from essor.algos.text.lexicon import concepts_of, fingerprint, lexicon

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
else:
    np = Later("numpy")

THESAURUS = Path(__file__).parent / "thesaurus.txt"
REQUESTS = re.compile(
    r"\b(cherche|cherchons|recherche|recherchons|besoin d|il nous faut|looking for|wanted)\b(?! à)",
    re.IGNORECASE,
)
LONGEST = 5_000
"""Characters of a text in which stems are looked for."""
LAYOUT = 1
HEAD = Struct("<BBHH")
"""Version of the layout, flags, concepts of the thesaurus, concepts of the lexicon of life."""
HAS_VECTOR, ASKS = 1, 2


class BadReading(ValueError):
    """These bytes are no reading, or one of another lexicon."""


@dataclass(frozen=True, slots=True)
class Readings:
    """Texts as read, one row each.

    ``vectors``: raw sentence vectors, shape (texts, 512), zeros where there are none. ``counts``:
    concepts of the thesaurus; ``life``: of the lexicon of life in a territory. ``stems``: their
    numbers, each once. ``asks``: whether the text looks for something rather than offering it.
    """

    vectors: NDArray[np.float32]
    counts: NDArray[np.float32]
    life: NDArray[np.float32]
    stems: tuple[NDArray[np.uint32], ...]
    asks: NDArray[np.bool_]
    meaning: bool

    def __len__(self) -> int:
        return len(self.stems)


def read(texts: Sequence[str], *, meaning: bool = True, main: str = "") -> Readings:
    """Read ``texts``; about 2 ms each alone, half of that together.

    ``main`` is the language of texts that do not show theirs; blank: that of most of ``texts``.
    """
    meaning = meaning and has_vectors()
    main = main or main_language(texts)
    raw = vectors(texts) if meaning and texts else None
    return Readings(
        np.zeros((len(texts), SIZE), dtype=np.float32) if raw is None else raw,
        concepts_of(texts, guess=meaning, path=THESAURUS, main=main).astype(np.float32),
        concepts_of(texts, guess=meaning, main=main).astype(np.float32),
        tuple(
            np.array([number_of(stem) for stem in stems_of(text, main)], dtype=np.uint32)
            for text in texts
        ),
        np.array([bool(REQUESTS.search(text)) for text in texts], dtype=np.bool_),
        meaning,
    )


def stems_of(text: str, main: str) -> dict[str, str]:
    """The stems of a text, each with the first word written so."""
    found = words(text[:LONGEST], language(text, main))
    return {word.stem: word.text for word in reversed(found) if word.stem}


def number_of(stem: str) -> int:
    return crc32(stem.encode())


@lru_cache(maxsize=1)
def stamp() -> str:
    """Changes when readings of before no longer hold: another lexicon, vectors come or gone."""
    parts = (str(LAYOUT), fingerprint(THESAURUS), fingerprint(), str(has_vectors()))
    return sha256("|".join(parts).encode()).hexdigest()[:16]


def pack(readings: Readings) -> list[bytes]:
    """Each reading as some 1.5 kB to keep; half precision, which moves a cosine by 0.0005 at most."""
    sizes = readings.counts.shape[1], readings.life.shape[1]
    wide = [part.astype("<f2") for part in (readings.vectors, readings.counts, readings.life)]
    packed = []
    for i, stems in enumerate(readings.stems):
        flags = HAS_VECTOR * readings.meaning | ASKS * bool(readings.asks[i])
        numbers = b"".join(part[i].tobytes() for part in wide)
        packed.append(HEAD.pack(LAYOUT, flags, *sizes) + numbers + stems.astype("<u4").tobytes())
    return packed


def unpack(kept: Sequence[bytes]) -> Readings:
    """The readings that ``pack`` kept, of one lexicon. Raises ``BadReading``."""
    sizes = len(lexicon(THESAURUS).concepts), len(lexicon().concepts)
    end = HEAD.size + 2 * (SIZE + sum(sizes))
    heads = [HEAD.unpack_from(each) if len(each) >= end else None for each in kept]
    if any(head is None or (head[0], *head[2:]) != (LAYOUT, *sizes) for head in heads):
        raise BadReading("a reading of another lexicon")
    told = b"".join(each[HEAD.size : end] for each in kept)
    wide = np.frombuffer(told, dtype="<f2").reshape(len(kept), SIZE + sum(sizes))
    wide = wide.astype(np.float32)
    flags = [head[1] for head in heads if head is not None]
    return Readings(
        wide[:, :SIZE],
        wide[:, SIZE : SIZE + sizes[0]],
        wide[:, SIZE + sizes[0] :],
        tuple(np.frombuffer(each, dtype="<u4", offset=end) for each in kept),
        np.array([bool(flag & ASKS) for flag in flags], dtype=np.bool_),
        any(flag & HAS_VECTOR for flag in flags),
    )
