"""The middle of what people write of their territory, for the days when few offers are there.

Sentence vectors are told apart from their middle. Of five offers the middle is mostly themselves,
and each looks then unlike whatever is asked; so a packaged middle, of the invented ideas of
bench/grouping_sets, counts as `WORTH` offers more: it tells among few and fades among many.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from essor.algos.later import Later
from essor.algos.matching.readings import Readings
from essor.algos.text import vectors

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
else:
    np = Later("numpy")

LEARNED = Path(__file__).parent / "middle.npy"
WORTH = 20
"""Offers that the packaged middle counts for."""


def middle_of(readings: Readings) -> NDArray[np.float64] | None:
    """The point from which these texts are told apart, shape (512,); None without vectors."""
    if not readings.meaning or not len(readings):
        return None
    sums = readings.vectors.sum(axis=0, dtype=np.float64)
    middle: NDArray[np.float64] = (sums + WORTH * _packaged()) / (len(readings) + WORTH)
    return middle


@lru_cache(maxsize=1)
def _packaged() -> NDArray[np.float64]:
    kept: NDArray[np.float64] = np.load(LEARNED, allow_pickle=False).astype(np.float64)
    return kept


def learned(files: Sequence[Path]) -> NDArray[np.float16] | None:
    """The middle of the lines of ``files`` (those with "#" left out), small enough to keep."""
    lines = [line.strip() for path in files for line in path.read_text("utf-8").splitlines()]
    found = vectors([line for line in lines if line and not line.startswith("#")])
    return None if found is None else found.mean(axis=0, dtype=np.float64).astype(np.float16)


if __name__ == "__main__":
    found = learned([Path(name) for name in sys.argv[1:]])
    if found is not None:
        np.save(LEARNED, found)
