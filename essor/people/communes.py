"""French communes by the beginning of their name or postcode, from a file, without a database.

``tools/communes.py`` turns the official list (Code officiel géographique of INSEE and postcodes of
La Poste, gathered by Etalab, Licence Ouverte) into one file of sorted lines. It is mapped into
memory and searched by halving, so it costs nothing until it is asked and next to nothing then.
Where the file was not built, nothing is suggested and the field takes any text.
"""

import heapq
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from essor.kit.sorted_file import SortedFile
from essor.people.text import folded

SHORTEST, MOST = 2, 8
BY_CODE = "#"
SMALL_WORDS = frozenset(
    [
        "a",
        "au",
        "aux",
        "d",
        "de",
        "des",
        "du",
        "en",
        "et",
        "l",
        "la",
        "le",
        "les",
        "lez",
        "lès",
        "sous",
        "sur",
    ]
)


@dataclass(frozen=True, slots=True)
class Commune:
    """``code`` is INSEE's; ``postcode`` the first of those it has; ``people`` its population."""

    name: str
    code: str
    department: str
    postcode: str
    people: int


def key_of(text: str) -> str:
    """The beginning by which a name is found: folded, ligatures and « St » written out."""
    plain = folded(text.replace("œ", "oe").replace("Œ", "oe"))
    words = ["saint" if w == "st" else "sainte" if w == "ste" else w for w in plain.split()]
    return " ".join(words)


def keys_of(name: str) -> list[str]:
    """Every key that leads to ``name``: from its start, and from each later word that counts."""
    words = key_of(name).split()
    starts = [n for n, word in enumerate(words) if n == 0 or word not in SMALL_WORDS]
    return [" ".join(words[n:]) for n in starts]


def line_of(key: str, commune: Commune) -> str:
    fields = (key, commune.name, commune.code, commune.department, commune.postcode, commune.people)
    return "\t".join(str(field) for field in fields)


class Communes:
    """The sorted file. Lines: key, name, code, department, postcode, population, by tabs."""

    def __init__(self, file: Path) -> None:
        self.lines = SortedFile(file)

    def search(self, text: str, *, near: str = "") -> list[Commune]:
        """The communes that begin so: those of department ``near`` first, then the largest."""
        key = key_of(text)
        if len(key) < SHORTEST:
            return []
        lines = {line.partition(b"\t")[2] for line in self.lines.beginning(key)}
        wanted = near.encode()

        def rank(line: bytes) -> tuple[bool, int, bytes]:
            name, _, department, _, people = line.split(b"\t")
            return department != wanted, -int(people), name

        return [_commune(line) for line in heapq.nsmallest(MOST, lines, key=rank)]

    def named(self, text: str) -> Commune | None:
        """The only commune of exactly this name, if there is only one."""
        same = self.all_named(text)
        return same[0] if len(same) == 1 else None

    def all_named(self, text: str) -> list[Commune]:
        """Every commune of exactly this name, in the order of their codes."""
        key = key_of(text)
        if not key:
            return []
        same = {c.code: c for c in self._beginning(key) if key_of(c.name) == key}
        return [same[code] for code in sorted(same)]

    def coded(self, code: str) -> Commune | None:
        """The commune of this INSEE code."""
        if not code.isalnum():
            return None
        return next((c for c in self._beginning(BY_CODE + code) if c.code == code), None)

    def _beginning(self, key: str) -> Iterator[Commune]:
        return (_commune(line.partition(b"\t")[2]) for line in self.lines.beginning(key))


def _commune(line: bytes) -> Commune:
    name, code, department, postcode, people = line.decode().split("\t")
    return Commune(name, code, department, postcode, int(people))


@lru_cache(maxsize=1)
def communes() -> Communes:
    return Communes(Path(settings.BASE_DIR) / "build" / "communes.tsv")
