"""A comparison as the preview shows it: figures, words to settle, problems, the first lines."""

from collections import Counter
from dataclasses import dataclass

from essor.evenings.listing.compare import (
    CHANGED,
    HOLDS,
    KNOWN,
    NEW,
    OUT,
    SAME,
    TWICE,
    Comparison,
    Verdict,
)
from essor.evenings.listing.line import Line
from essor.evenings.listing.problems import BAD as BAD_KIND
from essor.people.text import folded

FIRST = 8
MANY = 60
MAX_WORDS = 12


@dataclass(frozen=True, slots=True)
class OpenWord:
    """Words of the list that mean no challenge (or sphere) yet; ``kind`` is their mapping's name."""

    kind: str
    text: str
    times: int


@dataclass(frozen=True, slots=True)
class Remark:
    """Something to say of a line: its number, whose line it is, the words."""

    line: int
    name: str
    words: str


@dataclass(frozen=True)
class Summary:
    """Everything the preview shows besides the columns."""

    comparison: Comparison

    @property
    def importable(self) -> int:
        return len(self.comparison.of(NEW, CHANGED, HOLDS))

    @property
    def bad(self) -> list[Remark]:
        return self._remarks(bad=True)

    @property
    def doubts(self) -> list[Remark]:
        return self._remarks(bad=False)

    def _remarks(self, *, bad: bool) -> list[Remark]:
        return [
            Remark(verdict.line.number, verdict.line.name, str(problem))
            for verdict in self.comparison.verdicts
            for problem in verdict.line.problems
            if (problem.kind == BAD_KIND) is bad and problem.code not in WORD_CODES
        ]

    @property
    def twice(self) -> list[Verdict]:
        return self.comparison.of(TWICE)

    @property
    def known(self) -> list[Verdict]:
        return self.comparison.of(KNOWN, HOLDS)

    @property
    def cancelled(self) -> list[Verdict]:
        """Cancelled in the list and still registered here: the host decides."""
        return [
            verdict
            for verdict in self.comparison.of(OUT)
            if verdict.registration is not None and verdict.registration.state != "cancelled"
        ]

    @property
    def first(self) -> list[Line]:
        kinds = (NEW, CHANGED, SAME, KNOWN, HOLDS)
        return [verdict.line for verdict in self.comparison.of(*kinds)[:FIRST]]

    @property
    def guessed_spheres(self) -> int:
        return sum(verdict.line.guessed_sphere for verdict in self.comparison.of(NEW, CHANGED))


WORD_CODES = {"unknown_choice": "challenges", "unknown_sphere": "spheres"}


def open_words(comparison: Comparison) -> list[OpenWord]:
    """The commonest words that were not recognised, each once however it is written."""
    times: Counter[tuple[str, str]] = Counter()
    texts: dict[tuple[str, str], str] = {}
    for verdict in comparison.verdicts:
        for problem in verdict.line.problems:
            kind = WORD_CODES.get(problem.code)
            if kind is not None:
                text = problem.values["text"]
                times[kind, folded(text)] += 1
                texts.setdefault((kind, folded(text)), text)
    return [OpenWord(key[0], texts[key], count) for key, count in times.most_common(MAX_WORDS)]
