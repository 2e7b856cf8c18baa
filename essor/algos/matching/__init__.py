"""Finds the offers that answer a need: facets first, then what it is about, then distance.

Pure: no database, no settings, no clock.

* `Thing` is a need or an offer: id, text, and where known kind (a key of `KINDS`), lat, lon,
  start, end. `kind_of(word)` reads a kind as people write it. `BadThings` says what is wrong.
* `Offers(offers, meaning=True)` is the index; `find(need, top=10, least=0.0)` gives `Match`es
  (offer, score in 0..1, reasons, km). A `Why` has a code (`kind`, `subject`, `words`, `meaning`,
  `near`, `dates`), values for translation and an English sentence.
* `read(texts)` gives `Readings`, `pack` and `unpack` keep them: `Offers(offers, readings=...)` is
  then an index without reading a text, `index.changed(...)` one with a few offers changed. Kept
  readings hold while `stamp()` is the same.
* `match(needs, offers, top=10)` gives the matches of each need by its id.

>>> needs = [Thing("n1", "Quelqu'un pour tenir les comptes", "skill")]
>>> offers = [Thing("o1", "Expert-comptable à la retraite", "skill"), Thing("o2", "Un hangar", "premises")]
>>> [found.offer for found in match(needs, offers, top=1)["n1"]]
['o1']
"""

from collections.abc import Sequence

from essor.algos.matching.model import (
    KINDS,
    MATCHES_FORMAT,
    BadThings,
    Match,
    Thing,
    Why,
    kind_of,
)
from essor.algos.matching.offers import Offers
from essor.algos.matching.readings import BadReading, Readings, pack, read, stamp, unpack


def match(
    needs: Sequence[Thing], offers: Sequence[Thing], top: int = 10, *, meaning: bool = True
) -> dict[str, list[Match]]:
    """The best offers of each need, by its id. Ids stand once in each list, or `BadThings`."""
    faults = []
    for name, things in (("need", needs), ("offer", offers)):
        ids = [thing.id for thing in things]
        faults += [
            f'{name} "{i}" stands twice' for i in sorted({i for i in ids if ids.count(i) > 1})
        ]
    if faults:
        raise BadThings(faults)
    index = Offers(offers, meaning=meaning)
    return {need.id: index.find(need, top) for need in needs}


__all__ = [
    "KINDS",
    "MATCHES_FORMAT",
    "BadReading",
    "BadThings",
    "Match",
    "Offers",
    "Readings",
    "Thing",
    "Why",
    "kind_of",
    "match",
    "pack",
    "read",
    "stamp",
    "unpack",
]
