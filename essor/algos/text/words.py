"""Words, stems and the language of short texts: French first, English too.

Snowball's French and English stemmers, on words folded afterwards, so that "rénovés" and "renove"
meet. Any other language goes through folding alone as far as the stemmers leave it be.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from essor.algos.text.stopwords import ENGLISH, FRENCH, WISHING

WORD = re.compile(r"[^\W_]+")
#: Addresses. Of an e-mail's parts none may hold an @: "@.@.@." would else be read for seconds.
NOISE = re.compile(r"https?://\S+|www\.\S+|(?<![^\s@])[^\s@]+@[^\s@]+\.\w+")
#: Letters that come with French more than with English.
FRENCH_LETTERS = re.compile(r"[éèêëàâçùûîïôœ]", re.IGNORECASE)
ELIDED = re.compile(r"\b(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu)['’]", re.IGNORECASE)
#: Plurals that Snowball leaves be ("vélos", "menus", "ados"), since some singulars look alike.
PLURAL = re.compile(r"[aiou]s$")
LONGEST_WORD = 60


@dataclass(frozen=True, slots=True)
class Word:
    """A word where it stands: as written, its place in the text, and its stem.

    `stem` is "" for words that carry no subject (grammar, wishing, single letters and figures).
    """

    text: str
    start: int
    end: int
    stem: str


@lru_cache(maxsize=65_536)
def folded(text: str) -> str:
    """Lower case without accents or punctuation, single spaces: for comparing, not for showing.

    >>> folded("L’École d’été : ŒUVRER !")
    'l ecole d ete oeuvrer'
    """
    plain = unicodedata.normalize("NFKD", text).casefold().replace("œ", "oe").replace("æ", "ae")
    kept = "".join(ch for ch in plain if not unicodedata.combining(ch))
    return " ".join(WORD.findall(kept))


def language(text: str, otherwise: str = "fr") -> str:
    """ "fr" or "en", by grammar words, accents and elisions; `otherwise` when nothing tells.

    >>> language("a garden for the school"), language("un jardin à l'école"), language("vélo")
    ('en', 'fr', 'fr')
    """
    french = 0.5 * len(FRENCH_LETTERS.findall(text[:2000])) + len(ELIDED.findall(text[:2000]))
    english = 0.0
    for word in folded(text[:2000]).split():
        french += word in FRENCH
        english += word in ENGLISH
    if french == english:
        return otherwise
    return "fr" if french > english else "en"


def main_language(texts: Iterable[str], otherwise: str = "fr") -> str:
    """The language of most of the texts that show one: what the silent ones are taken for."""
    seen = [language(text, "") for text in texts]
    french, english = seen.count("fr"), seen.count("en")
    return otherwise if french == english else "fr" if french > english else "en"


def words(text: str, lang: str | None = None) -> tuple[Word, ...]:
    """Every word of `text` in order, with its stem (`lang` "fr" or "en", guessed when None).

    >>> [w.stem for w in words("Les cantines de l’école")]
    ['', 'cantin', '', '', 'ecol']
    """
    text = NOISE.sub(lambda found: " " * len(found.group()), text)
    lang = lang or language(text)
    return tuple(
        Word(found.group(), found.start(), found.end(), stem(found.group(), lang))
        for found in WORD.finditer(text)
    )


def stems(text: str, lang: str | None = None) -> tuple[str, ...]:
    """The stems of the words that carry meaning, in order, repeats kept."""
    return tuple(word.stem for word in words(text, lang) if word.stem)


@lru_cache(maxsize=65_536)
def stem(word: str, lang: str = "fr") -> str:
    """The stem of one word; "" where it says nothing of a subject.

    >>> stem("Rénovation"), stem("pour"), stem("gardens", "en")
    ('renov', '', 'garden')
    """
    plain = folded(word)
    silent = FRENCH if lang == "fr" else ENGLISH
    if len(plain) < 2 or len(plain) > LONGEST_WORD or plain in silent or plain in WISHING:
        return ""
    if plain.isdigit():
        return ""
    word = unicodedata.normalize("NFC", word).lower()
    if lang == "fr" and len(word) > 3 and PLURAL.search(word):
        word = word[:-1]
    return folded(_stemmer(lang).stemWord(word))


@lru_cache(maxsize=2)
def _stemmer(lang: str) -> Any:
    from snowballstemmer import stemmer  # noqa: PLC0415 - 7 MB that most processes never need

    return stemmer("french" if lang == "fr" else "english")
