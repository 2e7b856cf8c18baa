"""Words as the index knows them: stems and whole words, three letters at a time for typos."""

from collections.abc import Iterable
from dataclasses import dataclass

from essor.algos.text import folded, language, stem
from essor.algos.text import words as words_of

LONGEST = 60
IN_TITLE = 3.0
"""A word of the title counts as three of the text."""
SATURATION, USUAL_LENGTH, LENGTH_COUNTS = 1.2, 40.0, 0.75
MOST_ASKED, LONGEST_ASKED = 8, 200
NEAR_ENOUGH = 0.45
"""Least share of common letters in threes at which two words may be one, mistyped."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A word of a search: as folded, and its stems in French and English."""

    word: str
    forms: frozenset[str]


def asked_for(text: str) -> list[Asked]:
    """The words of a search that carry meaning, each once; all of them where none does."""
    found: dict[str, Asked] = {}
    for each in words_of(text[:LONGEST_ASKED], "fr"):
        plain = folded(each.text)[:LONGEST]
        forms = {each.stem, stem(each.text, "en"), plain} - {""}
        if plain and (each.stem or plain.isdigit()):
            found.setdefault(plain, Asked(plain, frozenset(forms)))
    if not found:
        found = {each: Asked(each, frozenset([each])) for each in folded(text).split()}
    return list(found.values())[:MOST_ASKED]


def weighed(title: str, text: str) -> dict[str, float]:
    """The terms of a page with their weights in 0..2.2, as BM25 weighs them."""
    counts: dict[str, float] = {}
    length = 0
    for part, share in ((title, IN_TITLE), (text, 1.0)):
        lang = language(part)
        for each in words_of(part, lang):
            plain = folded(each.text)
            length += 1
            if not each.stem and not plain.isdigit():
                continue
            for term in {each.stem, plain} - {""}:
                counts[term[:LONGEST]] = counts.get(term[:LONGEST], 0) + share
    room = SATURATION * (1 - LENGTH_COUNTS + LENGTH_COUNTS * length / USUAL_LENGTH)
    return {term: n * (SATURATION + 1) / (n + room) for term, n in counts.items()}


def grams(word: str) -> frozenset[str]:
    """Letters in threes, the ends of the word marked.

    >>> sorted(grams("ami"))
    ['$am', 'ami', 'mi$']
    """
    marked = f"${word}$"
    return frozenset(marked[i : i + 3] for i in range(len(marked) - 2))


def swapped(word: str) -> list[str]:
    """``word``, singular too, with two neighbouring letters swapped: few threes survive a swap."""
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


def nearest(word: str, others: Iterable[str], *, most: int = 5) -> list[str]:
    """Those of ``others`` that ``word`` may stand for when mistyped, the likeliest first."""
    kept = [each for each in others if each != word and one_slip_or_two(word, each)]
    return sorted(kept, key=lambda each: (_slips(word, each), each))[:most]
