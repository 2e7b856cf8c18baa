"""Finding somebody by name at the door: accents, order and a typing mistake or two do not matter.

Pure: names in, positions out. Typing mistakes are looked for only where the plain search finds
too few, so that fifteen hundred names take a few milliseconds.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from essor.algos.later import Later
from essor.people.text import folded

if TYPE_CHECKING:
    from rapidfuzz.distance import OSA
else:
    OSA = Later("rapidfuzz.distance.OSA")

ENOUGH = 3
"""Plain finds that make looking for typing mistakes unnecessary."""


def search(query: str, names: Sequence[str], limit: int = 12) -> list[int]:
    """Positions in ``names`` of the best finds for ``query``, best first.

    Every word of the query must begin some word of the name; else be it but for one mistake (a
    letter missing, doubled, wrong or swapped), or two in a word of seven letters and more.
    """
    wanted = folded(query).split()
    if not wanted:
        return []
    words = [folded(name).split() for name in names]
    plain = [at for at, name in enumerate(words) if all(_begins(w, name) for w in wanted)]
    found = sorted(plain, key=lambda at: (_exactness(wanted, words[at]), names[at]))
    if len(found) < ENOUGH:
        near = []
        for at, name in enumerate(words):
            mistakes = [_mistakes(w, name) for w in wanted]
            if at not in plain and None not in mistakes:
                near.append((sum(m or 0 for m in mistakes), names[at], at))
        found += [at for _, _, at in sorted(near)]
    return found[:limit]


def _begins(word: str, name: Sequence[str]) -> bool:
    return any(part.startswith(word) for part in name)


def _exactness(wanted: Sequence[str], name: Sequence[str]) -> int:
    """Fewer is better: words of the query that are only the beginning of a word of the name."""
    return sum(word not in name for word in wanted)


def _mistakes(word: str, name: Sequence[str]) -> int | None:
    """Mistakes between a word and the nearest one of a name; None when there are too many."""
    allowed = 0 if len(word) < 4 else 1 if len(word) < 7 else 2
    best = min((distance(word, part, allowed) for part in name), default=allowed + 1)
    return best if best <= allowed else None


def distance(one: str, other: str, most: int) -> int:
    """Mistakes between two words, up to ``most`` (more than that: ``most + 1``).

    Restricted Damerau-Levenshtein: insertions, deletions, substitutions, neighbours swapped.
    """
    return int(OSA.distance(one, other, score_cutoff=most))
