"""Finding texts by words: stems of two languages, weights, packed lists, mistyped words.

Pure: no database, no settings, no clock. The room `finding` keeps what this makes.

* `terms_of(title, text)` gives the `Terms` of a page: how much each stem weighs on it (BM25, a word
  of the title counts as three), and which words were written for each stem.
* `asked_for(text)` gives each `Asked` word of a search with its stems in French and English.
* `form(word, lang)` is the stem under which a word is found, `forms(word)` all of them.
* A *list* is the bytes of (key, weight) pairs: the pages on which one stem stands. `listed(pairs)`
  makes one, `relisted(kept, without=, put=)` changes one.
* `rank(words, enough=10)` puts the keys of lists in order: pages with more of the words asked come
  first, then those on which rare words weigh more. Cost: one sort of all pairs.
* `threes(word)`, `swapped(word)` and `nearest(word, others)` find what a mistyped word may be;
  `numbers` and `renumbered` pack numbers of words under their letters in threes.

>>> pages = {1: ("Un verger partagé", ""), 2: ("Atelier de vélos", "près du verger")}
>>> stands = {}
>>> for key, (title, text) in pages.items():
...     for stem, weight in terms_of(title, text).weights.items():
...         stands.setdefault(stem, []).append((key, weight))
>>> asked = [[Standing(1.0, ((0, listed(stands[form])),)) for form in each.forms if form in stands]
...          for each in asked_for("les vergers")]
>>> rank(asked).keys.tolist()
[1, 2]
"""

from essor.algos.finding.lists import (
    Packed,
    Ranked,
    Standing,
    listed,
    most_shared,
    numbers,
    rank,
    relisted,
    renumbered,
)
from essor.algos.finding.words import (
    Asked,
    Terms,
    asked_for,
    form,
    forms,
    nearest,
    one_slip_or_two,
    swapped,
    terms_of,
    threes,
)

__all__ = [
    "Asked",
    "Packed",
    "Ranked",
    "Standing",
    "Terms",
    "asked_for",
    "form",
    "forms",
    "listed",
    "most_shared",
    "nearest",
    "numbers",
    "one_slip_or_two",
    "rank",
    "relisted",
    "renumbered",
    "swapped",
    "terms_of",
    "threes",
]
