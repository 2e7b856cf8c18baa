"""A title for a group out of its own words, and the reasons that hold it together.

A title is a phrase that somebody wrote: a run of words within one idea that begins and ends on a
word with meaning ("petits travaux pour les anciens" out of "un service de petits travaux pour les
anciens qui..."). Of the phrases that say most of what the group says and others do not, the one
nearest to the middle of the group is taken.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log
from typing import TYPE_CHECKING

from essor.algos.grouping.space import Space, products, unit
from essor.algos.later import Later
from essor.algos.text import Reason, Word, folded, language, main_language, words
from essor.algos.text.lexicon import lexicon

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
else:
    np = Later("numpy")

LONGEST_PHRASE, LONGEST_TITLE = 7, 60
TRIED = 40
"""Phrases of a group that are encoded; the others are left behind by their words alone."""
READ = 400
"""Characters of an idea in which a title is looked for."""
LINKS = frozenset(
    """
    a au aux avec chez contre d dans de des du en entre et hors l la le les ou par pour sans sous sur
    un une and at by for from in of on or the to with without
    """.split()  # noqa: SIM905
)
"""Small words that may stand inside a title; others would drag a sentence along."""
OPENERS = LINKS | frozenset(
    """
    ce ces cet cette chaque comment leur leurs mon nos notre ma mes plus plusieurs quelques quels
    quelles son sa ses tous toutes vos votre how my our more some their this these your
    """.split()  # noqa: SIM905
)
"""Small words after which a title may begin: what follows others is the middle of something."""
BETWEEN = re.compile(r"[\s'’\-]*")
SHOWN = 5


@dataclass(frozen=True, slots=True)
class Phrase:
    """A run of words as somebody wrote it, and its stems.

    `whole`: it is all that was said. `clean`: it neither begins nor ends in the middle of a run of
    words with meaning ("cyclable" of "une piste cyclable").
    """

    text: str
    stems: frozenset[str]
    whole: bool
    clean: bool


@dataclass(frozen=True, slots=True)
class Names:
    """What naming needs of the whole harvest: every idea's words, and how often stems occur."""

    texts: tuple[str, ...]
    words: tuple[tuple[Word, ...], ...]
    often: Mapping[str, int]


def read_names(texts: Sequence[str]) -> Names:
    """Read the words of distinct texts once for all groups."""
    main = main_language(texts)
    read = tuple(words(text[:READ], language(text, main)) for text in texts)
    often = Counter(stem for each in read for stem in {word.stem for word in each if word.stem})
    return Names(tuple(texts), read, often)


def phrases(text: str, read: Sequence[Word]) -> list[Phrase]:
    """Every run of up to seven words that could be a title.

    >>> from essor.algos.text import words
    >>> text = "Il faudrait réparer les vieux vélos, vite"
    >>> [phrase.text for phrase in phrases(text, words(text)) if phrase.clean]
    ['vieux vélos', 'vite']
    """
    found = []
    for first, word in enumerate(read):
        if not word.stem:
            continue
        for last in range(first, min(first + LONGEST_PHRASE, len(read))):
            here = read[last]
            if last > first and not _joined(text, read, last):
                break
            if here.stem:
                held = frozenset(each.stem for each in read[first : last + 1] if each.stem)
                clean = _begins(text, read, first) and _ends(text, read, last)
                whole = first == 0 and last == len(read) - 1
                found.append(Phrase(text[word.start : here.end], held, whole, clean))
            elif folded(here.text) not in LINKS:
                break
    return found


def _joined(text: str, read: Sequence[Word], at: int) -> bool:
    """Whether nothing but a space, an apostrophe or a hyphen parts a word from the one before."""
    return bool(BETWEEN.fullmatch(text[read[at - 1].end : read[at].start]))


def _begins(text: str, read: Sequence[Word], at: int) -> bool:
    return at == 0 or not _joined(text, read, at) or folded(read[at - 1].text) in OPENERS


def _ends(text: str, read: Sequence[Word], at: int) -> bool:
    after = at + 1
    if after == len(read) or not _joined(text, read, after):
        return True
    return not read[after].stem and not read[after].text.isdigit()


def titles(
    groups: Sequence[Sequence[int]], names: Names, space: Space, taken: Iterable[str] = ()
) -> list[str]:
    """A title for each group of text numbers, all different from each other and from `taken`.

    "" for a group without a word. Encodes some forty phrases a group: 20 ms each.
    """
    pools = [_pool(group, names) for group in groups]
    every = [phrase.text for pool in pools for phrase, _ in pool]
    points = unit(space.place(every)) if every else None
    used = {folded(title) for title in taken}
    found, start = [], 0
    for group, pool in zip(groups, pools, strict=True):
        chosen = ""
        if pool and points is not None:
            middle = unit(space.points[list(group)].sum(axis=0, keepdims=True))
            near = products(points[start : start + len(pool)], middle)[:, 0]
            best = max(worth for _, worth in pool)
            worth = [
                float(near[i]) + 0.35 * value / best + _shape(phrase)
                for i, (phrase, value) in enumerate(pool)
            ]
            order = sorted(range(len(pool)), key=lambda i: (-worth[i], pool[i][0].text))
            free = [i for i in order if folded(pool[i][0].text) not in used] or order[:1]
            chosen = pool[free[0]][0].text
        start += len(pool)
        used.add(folded(chosen))
        found.append(_as_title(chosen))
    return found


def _pool(group: Sequence[int], names: Names) -> list[tuple[Phrase, float]]:
    """The phrases of a group that are worth encoding, with what their words tell."""
    inside = Counter(
        stem for i in group for stem in {word.stem for word in names.words[i] if word.stem}
    )
    total = len(names.texts)
    telling = {
        stem: count / len(group) * log((total + 1) / names.often[stem])
        for stem, count in inside.items()
    }
    best: dict[str, tuple[Phrase, float]] = {}
    for i in group:
        for phrase in phrases(names.texts[i], names.words[i]):
            if len(phrase.text) <= LONGEST_TITLE:
                worth = sum(telling[stem] for stem in phrase.stems) / (len(phrase.stems) + 1) ** 0.5
                best.setdefault(folded(phrase.text), (phrase, worth))
    clean = [each for each in best.values() if each[0].clean] or list(best.values())
    ranked = sorted(clean, key=lambda each: (-each[1] - _shape(each[0]), each[0].text))
    return ranked[:TRIED]


def _shape(phrase: Phrase) -> float:
    """Two to four words with meaning read well; one says little, many are a sentence."""
    lame = 0.06 if re.search(r"\b(et|ou) (les?|la|l['’]|des?|du)\b", phrase.text) else 0.0
    words = {1: -0.12, 2: 0.0, 3: 0.02, 4: -0.02}.get(len(phrase.stems), -0.12)
    return words + 0.04 * phrase.whole - lame


def _as_title(text: str) -> str:
    letters = [ch for ch in text if ch.isalpha()]
    if len(letters) > 5 and sum(ch.isupper() for ch in letters) > 0.6 * len(letters):
        text = text.lower()
    text = " ".join(text.split())
    return text[:1].upper() + text[1:]


def reasons(group: Sequence[int], names: Names, space: Space) -> tuple[Reason, ...]:
    """Why these texts are together: what they speak of, words they share, near meaning."""
    if len(group) == 1:
        return (Reason("one"),)
    found = []
    spoken = (space.concepts[list(group)] >= 0.5).mean(axis=0)
    concepts = lexicon().concepts
    main = [int(i) for i in np.argsort(-spoken, kind="stable")[:3] if spoken[i] >= 0.25]
    if main:
        values = {
            "names": tuple(concepts[i].name for i in main),
            "english": tuple(concepts[i].english for i in main),
            "percent": round(100 * float(spoken[main[0]])),
        }
        found.append(Reason("field", values))
    shared = _shared(group, names)
    if shared:
        found.append(Reason("words", {"words": shared}))
    if space.meaning:
        near = _likeness(space.points[list(group)])
        if near >= 0.2:
            found.append(Reason("meaning", {"percent": round(100 * near)}))
    return tuple(found) or (Reason("meaning", {"percent": 0}),)


def _shared(group: Sequence[int], names: Names) -> tuple[str, ...]:
    """Surface forms of the stems that several of the texts share, and few others."""
    held: Counter[str] = Counter()
    written: dict[str, Counter[str]] = defaultdict(Counter)
    for i in group:
        for word in names.words[i]:
            if word.stem:
                written[word.stem][word.text.lower()] += 1
        held.update({word.stem for word in names.words[i] if word.stem})
    total = len(names.texts)
    worth = {
        stem: count * log((total + 1) / names.often[stem])
        for stem, count in held.items()
        if count >= 2 and count / len(group) >= 2 * names.often[stem] / total * (total > 10)
    }
    order = sorted(worth, key=lambda stem: (-worth[stem], stem))[:SHOWN]
    return tuple(min(written[s], key=lambda form: (-written[s][form], form)) for s in order)


def _likeness(points: NDArray[np.float64]) -> float:
    """Mean cosine of the pairs."""
    rows = unit(points)
    whole = rows.sum(axis=0)
    count = len(rows)
    return float((whole @ whole - (rows * rows).sum()) / (count * (count - 1)))
