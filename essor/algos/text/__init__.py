"""Short texts: their words and stems, what they mean, which are close to each other.

Pure: no database, no settings, no clock. French first, English too; other languages pass through.

* `folded(text)` for comparing; `language(text, otherwise="fr")` gives "fr" or "en";
  `main_language(texts)` that of a collection.
* `words(text, lang=None)` gives each `Word` (text, start, end, stem); `stems(text, lang=None)`
  the stems of those that carry meaning; `stem(word, lang="fr")` one of them.
* `vectors(texts)` gives sentence vectors (float32, unit, 512 wide) or None where the package with
  the weights is missing: `has_vectors()` tells. `pack(vector)` and `unpack(bytes)` keep one in a
  database in 1,024 bytes.
* `Similar(texts, meaning=True)` is an index: `add(key, text)`, `add_many(pairs, known=None)`,
  `remove(key)`, `find(text, limit=5, least=CLOSE, besides=())` giving `Near` (key, closeness in
  0..1, meaning, words, shared, reason). `CLOSE` is the least closeness worth showing.
* `Reason` (code, values, text) says why: `same`, `words`, `meaning`, `both`.

>>> index = Similar([("a", "Cultiver un potager à l'école"), ("b", "Atelier de réparation de vélos")],
...                 meaning=False)
>>> near = index.find("un potager pour les écoles")[0]
>>> near.key, near.shared, str(near.reason)
('a', ('écoles', 'potager'), 'shared words: écoles, potager')
"""

from essor.algos.text.reasons import Reason
from essor.algos.text.similar import CLOSE, Near, Similar
from essor.algos.text.vectors import SIZE, has_vectors, pack, unpack, vectors
from essor.algos.text.words import (
    Word,
    folded,
    language,
    main_language,
    stem,
    stems,
    words,
)

__all__ = [
    "CLOSE",
    "SIZE",
    "Near",
    "Reason",
    "Similar",
    "Word",
    "folded",
    "has_vectors",
    "language",
    "main_language",
    "pack",
    "stem",
    "stems",
    "unpack",
    "vectors",
    "words",
]
