"""Lists of the pages on which a stem stands, packed as bytes, and putting pages in order.

A list is one row of a database instead of thousands: 12 bytes for each page. Ranking is arithmetic
on columns; the pages of 25,000 texts on which a common word stands are put in order in 2 ms.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil, log
from typing import TYPE_CHECKING

from essor.algos.later import Later

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
else:
    np = Later("numpy")

Packed = bytes | memoryview
"""As a database hands them out."""
PAIR = [("key", "<i8"), ("weight", "<f4")]
NUMBER = "<i8"
MANY = 10_000
"""Against how many pages a word counts as rare."""


@dataclass(frozen=True, slots=True)
class Standing:
    """One stem that an asked word may mean: what that counts (1: exactly this), and its lists.

    Lists come by place, a number that is handed back with each page.
    """

    share: float
    lists: Sequence[tuple[int, Packed]]


@dataclass(frozen=True, slots=True)
class Ranked:
    """Pages, best first, with their places; `whole` of the asked words stand on each of the best."""

    keys: NDArray[np.int64]
    places: NDArray[np.int64]
    whole: int


def listed(pairs: Iterable[tuple[int, float]]) -> bytes:
    """The list of these (key, weight) pairs."""
    return np.array(list(pairs), dtype=PAIR).tobytes()


def relisted(kept: Packed, *, without: Collection[int], put: Mapping[int, float]) -> bytes:
    """`kept` without some keys, and with others put in or weighed anew."""
    pairs = np.frombuffer(kept, dtype=PAIR)
    gone = np.fromiter({*without, *put}, dtype=NUMBER)
    rest = pairs[~np.isin(pairs["key"], gone)]
    return bytes(rest.tobytes() + listed(put.items()))


def numbers(packed: Iterable[Packed]) -> NDArray[np.int64]:
    """The numbers of several packings in a row."""
    return np.frombuffer(b"".join(packed), dtype=NUMBER)


def renumbered(kept: Packed, more: Iterable[int]) -> bytes:
    """`kept` with `more` numbers, each once."""
    every = np.concatenate([numbers([kept]), np.fromiter(more, dtype=NUMBER)])
    return bytes(np.unique(every).astype(NUMBER).tobytes())


def most_shared(packed: Iterable[Packed], *, least: int, most: int) -> list[int]:
    """The numbers that stand in at least `least` packings, those in most packings first."""
    found, counts = np.unique(numbers(packed), return_counts=True)
    found, counts = found[counts >= least], counts[counts >= least]
    return [int(each) for each in found[np.lexsort((found, -counts))][:most]]


def rank(words: Sequence[Sequence[Standing]], *, enough: int = 10) -> Ranked:
    """The pages on which the words stand, best first.

    Each word counts once on a page, by the stem that weighs most there, set against how many pages
    have it. Where fewer than `enough` pages have as many words as the best, pages with at least
    half as many follow.
    """
    parts = [_of_word(forms) for forms in words]
    keys = np.concatenate([part[0] for part in parts] or [np.empty(0, NUMBER)])
    if not len(keys):
        return Ranked(np.empty(0, NUMBER), np.empty(0, NUMBER), 0)
    places = np.concatenate([part[1] for part in parts])
    scores = np.concatenate([part[2] for part in parts])
    found, first, where = np.unique(keys, return_index=True, return_inverse=True)
    score, whole = np.bincount(where, weights=scores), np.bincount(where)
    best = int(whole.max())
    least = best if int((whole == best).sum()) >= enough else ceil(best / 2)
    order = np.lexsort((-found, -score, -whole))
    order = order[whole[order] >= least]
    return Ranked(found[order], places[first][order], best)


def _of_word(
    forms: Sequence[Standing],
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
    """For one word: its pages, their places, and what it counts on each."""
    keys, places, scores = [np.empty(0, NUMBER)], [np.empty(0, NUMBER)], [np.empty(0)]
    for each in forms:
        some = [(place, np.frombuffer(packed, dtype=PAIR)) for place, packed in each.lists]
        worth = each.share * log(1 + MANY / (1 + sum(len(pairs) for _, pairs in some)))
        for place, pairs in some:
            keys.append(pairs["key"])
            places.append(np.full(len(pairs), place, dtype=NUMBER))
            scores.append(pairs["weight"] * worth)
    key, place_of, score = np.concatenate(keys), np.concatenate(places), np.concatenate(scores)
    order = np.lexsort((-score, key))
    found, first = np.unique(key[order], return_index=True)
    return found, place_of[order][first], score[order][first]
