"""The texts nearest to a text, by meaning and by shared stems, with the reason for each.

Meaning is the cosine of sentence vectors after the mean of the collection is taken away (in a
harvest every text speaks of a territory and of wishes; the mean holds just that). Shared stems
are weighed by their rarity. Words never vote against: where texts share none, meaning stands
alone; where they share rare ones, closeness rises towards 1.

    closeness = 1 - (1 - meaning) (1 - 0.7 words)

Texts that fold to the same words are held once, however many keys they have: a hundred copies
neither become the mean nor make their words common.

Exact, no approximate index: one product of a matrix and a vector. Memory 2 kB a text with
vectors. Not for several threads at a time while texts are being added.
"""

from __future__ import annotations

import math
from array import array
from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from essor.algos.later import Later
from essor.algos.text.one_core import one_core
from essor.algos.text.reasons import Reason
from essor.algos.text.vectors import LONGEST, SIZE, has_vectors, vectors
from essor.algos.text.words import folded, language, words

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
else:
    np = Later("numpy")

Key = TypeVar("Key", bound=Hashable)
CLOSE = 0.45
"""The least closeness that is worth showing to somebody who types."""
WORDS_WEIGHT = 0.7
MEAN_NEEDS = 20
"""Texts until which the mean is only half trusted: a few texts have no common ground to remove."""
NEAR_MEANING = 0.3
"""The meaning from which a reason says so: below it, words alone explain."""
REFRESH = 1.05
UNSEEN = 50
"""Texts imagined beside those at hand, so that in a collection of three no word is common."""
SHOWN = 4


@dataclass(frozen=True, slots=True)
class Near(Generic[Key]):
    """A text near to the one asked for: `closeness` in 0..1, its two parts, and why.

    `meaning` is None without sentence vectors. `shared` are words of the text asked for, the
    most telling first.
    """

    key: Key
    closeness: float
    meaning: float | None
    words: float
    shared: tuple[str, ...]
    reason: Reason


class Similar(Generic[Key]):
    """An index of texts under keys; `find` gives the nearest to any text.

    `meaning=False` leaves sentence vectors out (as happens by itself where their package is
    missing). Adding a known key again replaces its text.

    >>> index = Similar([(1, "Un jardin partagé près de l'école"), (2, "Réparer les vélos")])
    >>> [near.key for near in index.find("des potagers partagés dans la cour de l'école")]
    [1]
    """

    def __init__(self, texts: Iterable[tuple[Key, str]] = (), *, meaning: bool = True) -> None:
        self.meaning = meaning and has_vectors()
        self._keys: list[list[Key]] = []  # of each distinct text
        self._at: dict[Key, int] = {}
        self._folded: list[str] = []
        self._place: dict[str, int] = {}
        self._stems: list[frozenset[str]] = []
        self._postings: dict[str, array[int]] = defaultdict(lambda: array("q"))
        self._space = np.zeros((64 if self.meaning else 0, SIZE), dtype=np.float32)
        self._gone: set[int] = set()
        self._fresh = 0
        self._weight: array[float] = array("d")
        self._mean = np.zeros(SIZE, dtype=np.float32)
        self._norm: NDArray[np.float32] = np.zeros(0, dtype=np.float32)
        self.add_many(texts)

    def __len__(self) -> int:
        return len(self._at)

    def __contains__(self, key: object) -> bool:
        return key in self._at

    def add(self, key: Key, text: str, vector: NDArray[np.float32] | None = None) -> None:
        """Add or replace one text; `vector` spares encoding it again."""
        self.add_many([(key, text)], None if vector is None else vector[None, :])

    def add_many(
        self, texts: Iterable[tuple[Key, str]], known: NDArray[np.float32] | None = None
    ) -> None:
        """Add or replace texts; `known` are their vectors, shape (texts, 512), where one has them."""
        pairs = list(texts)
        found = known
        if self.meaning and known is None:
            found = vectors([text for _, text in pairs])
        self._make_room(len(pairs))
        for i, (key, text) in enumerate(pairs):
            self.remove(key)
            plain = folded(text[:LONGEST])
            place = self._place.get(plain)
            if place is None:
                place = self._new_place(plain, text)
                if self.meaning and found is not None:
                    self._space[place] = found[i]
            self._gone.discard(place)
            self._keys[place].append(key)
            self._at[key] = place

    def _new_place(self, plain: str, text: str) -> int:
        place = len(self._keys)
        self._place[plain] = place
        self._keys.append([])
        self._folded.append(plain)
        kept = frozenset(word.stem for word in words(text) if word.stem)
        self._stems.append(kept)
        for each in kept:
            self._postings[each].append(place)
        return place

    def remove(self, key: Key) -> None:
        """Forget a text; an unknown key is no fault."""
        place = self._at.pop(key, None)
        if place is not None:
            self._keys[place].remove(key)
            if not self._keys[place]:
                self._gone.add(place)

    def find(
        self,
        text: str,
        limit: int = 5,
        *,
        least: float = CLOSE,
        besides: Collection[Key] = (),
        vector: NDArray[np.float32] | None = None,
    ) -> list[Near[Key]]:
        """The nearest texts, closest first, at most `limit`, none below `least`.

        `besides` are keys to leave out (the text itself). Ties keep the order of adding.
        Cost O(texts x 512): about 1.5 ms at 5,000 texts and 25 ms at 50,000, plus 1 ms to encode.
        """
        same = folded(text[:LONGEST])
        if not self._at or limit < 1 or not same:
            return []
        self._refresh()
        asked = {w.stem: w.text for w in reversed(words(text, language(text))) if w.stem}
        overlap = self._overlap(list(asked))
        sense = self._sense(text, vector)
        trust = WORDS_WEIGHT if self.meaning else 1.0
        nearness = 1 - (1 - trust * overlap) * (1 - np.maximum(sense, 0))
        if same in self._place:
            nearness[self._place[same]] = 1
        nearness[list(self._gone)] = -1
        left_out = set(besides)
        found: list[Near[Key]] = []
        for i in self._best(nearness, limit + len(left_out), least):
            near = (float(nearness[i]), float(sense[i]), float(overlap[i]))
            found += [
                self._near(key, i, near, asked, same)
                for key in self._keys[i]
                if key not in left_out
            ]
            if len(found) >= limit:
                break
        return found[:limit]

    @staticmethod
    def _best(nearness: NDArray[np.float64], count: int, least: float) -> list[int]:
        """Places of the `count` largest that are at least `least`, ties in order of adding."""
        count = min(count, len(nearness))
        bar = max(float(np.partition(nearness, -count)[-count]), least, -0.5)
        held = np.flatnonzero(nearness >= bar)
        return [int(i) for i in held[np.argsort(-nearness[held], kind="stable")]]

    def _near(
        self,
        key: Key,
        i: int,
        near: tuple[float, float, float],
        asked: dict[str, str],
        same: str,
    ) -> Near[Key]:
        closeness, sense, overlap = near
        common = sorted(self._stems[i] & asked.keys(), key=lambda s: (-self._rarity(s), s))
        shared = tuple(asked[s] for s in common)
        meaning = max(0.0, sense) if self.meaning else None
        values = {"words": shared[:SHOWN], "percent": round(100 * (meaning or 0))}
        if self._folded[i] == same:
            reason = Reason("same")
        elif not shared:
            reason = Reason("meaning", {"percent": values["percent"]})
        elif (meaning or 0) >= NEAR_MEANING:
            reason = Reason("both", values)
        else:
            reason = Reason("words", {"words": values["words"]})
        return Near(key, min(closeness, 1.0), meaning, overlap, shared, reason)

    def _rarity(self, stem: str) -> float:
        held = len(self._postings.get(stem, ()))
        return math.log(1 + (len(self._keys) + UNSEEN - held + 0.5) / (held + 0.5))

    def _overlap(self, asked: Sequence[str]) -> NDArray[np.float64]:
        """How much of both texts the shared stems hold, in 0..1, times how telling they are."""
        count = len(self._keys)
        shared = np.zeros(count)
        whole = 0.0
        for each in asked:
            rarity = self._rarity(each)
            whole += rarity
            held = self._postings.get(each)
            if held:
                shared[np.frombuffer(held, dtype=np.int64)] += rarity
        scale = np.sqrt(np.maximum(whole, 1e-9) * np.maximum(self._weights(), 1e-9))
        one_telling_word = math.log(1 + count + UNSEEN)
        return shared / scale * (shared / (shared + 0.5 * one_telling_word))

    def _weights(self) -> NDArray[np.float64]:
        for i in range(len(self._weight), len(self._stems)):
            self._weight.append(sum(map(self._rarity, self._stems[i])))
        return np.frombuffer(self._weight, dtype=np.float64)

    def _sense(self, text: str, vector: NDArray[np.float32] | None) -> NDArray[np.float64]:
        count = len(self._keys)
        if self.meaning and vector is None:
            found = vectors([text])
            vector = None if found is None else found[0]
        if not self.meaning or vector is None or not vector.any():
            return np.zeros(count)
        asked = vector - self._mean
        asked /= max(float(np.linalg.norm(asked)), 1e-6)
        space = self._space[:count]
        with one_core():
            return (space @ asked - float(self._mean @ asked)) / self._norms(count)

    def _norms(self, count: int) -> NDArray[np.float32]:
        known = len(self._norm)
        if known < count:
            away = np.linalg.norm(self._space[known:count] - self._mean, axis=1)
            self._norm = np.concatenate([self._norm, np.maximum(away, 1e-6)])
        return self._norm

    def _refresh(self) -> None:
        """Count the mean and the weights again once the collection has grown by a twentieth."""
        count = len(self._keys)
        if self._fresh and count <= self._fresh * REFRESH:
            return
        if self._gone:
            self._compact()
            count = len(self._keys)
        self._fresh = count
        self._weight = array("d")
        if self.meaning:
            trust = count / (count + MEAN_NEEDS)
            self._mean = self._space[:count].mean(axis=0) * trust
            self._norm = np.zeros(0, dtype=np.float32)

    def _compact(self) -> None:
        kept = [i for i in range(len(self._keys)) if self._keys[i]]
        move = {old: new for new, old in enumerate(kept)}
        self._keys = [self._keys[i] for i in kept]
        self._folded = [self._folded[i] for i in kept]
        self._stems = [self._stems[i] for i in kept]
        self._at = {key: i for i, keys in enumerate(self._keys) for key in keys}
        self._place = {plain: i for i, plain in enumerate(self._folded)}
        postings: dict[str, array[int]] = defaultdict(lambda: array("q"))
        for each, places in self._postings.items():
            stay = [move[place] for place in places if place in move]
            if stay:
                postings[each] = array("q", stay)
        self._postings = postings
        if self.meaning:
            self._space = self._space[kept]
        self._gone = set()

    def _make_room(self, more: int) -> None:
        needed = len(self._keys) + more
        if self.meaning and needed > len(self._space):
            wider = np.zeros((max(needed, 2 * len(self._space)), SIZE), dtype=np.float32)
            wider[: len(self._space)] = self._space
            self._space = wider
