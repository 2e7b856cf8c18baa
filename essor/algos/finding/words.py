"""Words as an index knows them: stems, what was written for each, letters in threes for typos."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from essor.algos.text import folded, language, stem
from essor.algos.text import words as words_of
from essor.algos.text.words import NOISE, WORD

LONGEST = 60
LONGEST_TEXT = 8_000
IN_TITLE = 3.0
"""A word of the title counts as three of the text."""
SATURATION, USUAL_LENGTH, LENGTH_COUNTS = 1.2, 40.0, 0.75
"""BM25's constants (Robertson and Zaragoza, 2009): k1, the length that counts as usual, and b."""
MOST_ASKED, LONGEST_ASKED = 8, 200
SEEKING = frozenset({"cherche", "chercher", "cherchons", "trouver", "trouve", "find", "looking"})
"""Words that say that one searches; they are looked for where they stand alone."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What stands on a page: weights in 0..2.2 by stem, and (word as folded, stem) as written."""

    weights: Mapping[str, float]
    written: frozenset[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Asked:
    """A word of a search: as folded, and its stems in French and English."""

    word: str
    forms: frozenset[str]


ENDINGS = ("ag", "er", "eur")
"""What Snowball leaves of "recyclage", "recyclerie", "composteur" beside "recycler", "compost"."""
SHORTEST_LEFT = 5


def form(word: str, lang: str) -> str:
    """The stem under which `word` is found; "" where it carries no subject.

    French plurals lose their s first, which Snowball takes for a part of "vergers", and families of
    words lose one ending more.

    >>> form("vergers", "fr") == form("verger", "fr"), form("recyclerie", "fr"), form("village", "fr")
    (True, 'recycl', 'villag')
    """
    found = stem(word, lang)
    if lang != "fr" or not found:
        return found
    if len(word) > 3 and word[-1] in "sS" and word[-2] not in "sS":
        found = stem(word[:-1], lang) or found
    for ending in ENDINGS:
        if found.endswith(ending) and len(found) - len(ending) >= SHORTEST_LEFT:
            return found.removesuffix(ending)
    return found


def forms(word: str) -> frozenset[str]:
    """Everything under which a word may be found, whatever its language: stems, and as folded."""
    return frozenset({form(word, "fr"), form(word, "en"), folded(word)[:LONGEST]} - {""})


def asked_for(text: str) -> list[Asked]:
    """The words of a search that carry meaning, each once; all of them where none does.

    >>> [each.word for each in asked_for("Où réparer un vélo ?")]
    ['reparer', 'velo']
    """
    found: dict[str, Asked] = {}
    silent: dict[str, Asked] = {}
    for each in words_of(text[:LONGEST_ASKED], "fr"):
        plain = folded(each.text)[:LONGEST]
        says = (form(each.text, "fr") and form(each.text, "en")) or plain.isdigit()
        says = says and plain not in SEEKING
        if plain:
            (found if says else silent).setdefault(plain, Asked(plain, forms(each.text)))
    return list((found or silent).values())[:MOST_ASKED]


def terms_of(title: str, text: str) -> Terms:
    """The terms of a page; figures count as words, words without a subject only as length."""
    counts: dict[str, float] = {}
    written: set[tuple[str, str]] = set()
    length = 0
    lang = language(f"{title} {text}"[:2000])
    for part, share in ((title, IN_TITLE), (text[:LONGEST_TEXT], 1.0)):
        for word in WORD.findall(NOISE.sub(" ", part)):
            length += 1
            pair = _pair(word, lang)
            if pair[1]:
                counts[pair[1]] = counts.get(pair[1], 0) + share
                written.add(pair)
    room = SATURATION * (1 - LENGTH_COUNTS + LENGTH_COUNTS * length / USUAL_LENGTH)
    weights = {term: n * (SATURATION + 1) / (n + room) for term, n in counts.items()}
    return Terms(weights, frozenset(written))


@lru_cache(maxsize=131_072)
def _pair(word: str, lang: str) -> tuple[str, str]:
    """A word as folded and its term; a text's words are mostly those of the texts before it."""
    plain = folded(word)[:LONGEST]
    return plain, form(word, lang)[:LONGEST] or (plain if plain.isdigit() else "")


def threes(word: str) -> frozenset[str]:
    """Letters in threes, the ends of the word marked.

    >>> sorted(threes("ami"))
    ['$am', 'ami', 'mi$']
    """
    marked = f"${word}$"
    return frozenset(marked[i : i + 3] for i in range(len(marked) - 2))


def swapped(word: str) -> list[str]:
    """`word`, singular too, with two neighbouring letters swapped: few threes survive a swap."""
    forms = {word, word.removesuffix("s")}
    return [
        f"{each[:i]}{each[i + 1]}{each[i]}{each[i + 2 :]}"
        for each in sorted(forms)
        for i in range(len(each) - 1)
    ]


def one_slip_or_two(word: str, other: str) -> bool:
    """Whether few letters differ: one in words of four to six, two in longer ones."""
    allowed = 0 if len(word) < 4 else 1 if len(word) < 7 else 2
    return abs(len(word) - len(other)) <= allowed and _slips(word, other) <= allowed


def _slips(word: str, other: str) -> int:
    """Letters put in, left out, changed, or swapped with their neighbour."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(word, 1):
        older, before, row = before, row, [i] + [0] * len(other)
        for j, there in enumerate(other, 1):
            row[j] = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != there))
            if i > 1 and j > 1 and letter == other[j - 2] and word[i - 2] == there:
                row[j] = min(row[j], older[j - 2] + 1)
    return row[-1]


def nearest(word: str, others: Iterable[str], *, most: int = 3) -> list[str]:
    """Those of `others` that `word` may stand for when mistyped, the likeliest first.

    Only words with as few slips as the best one; people seldom mistype the first letter.
    """
    slips = {each: _slips(word, each) for each in others if one_slip_or_two(word, each)}
    least = min(slips.values(), default=0)
    close = [each for each, n in slips.items() if n == least]
    return sorted(close, key=lambda each: (each[:1] != word[:1], each))[:most]
