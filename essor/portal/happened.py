"""The ledger as a host reads it under *what happened*."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from essor.ledger.models import Entry
from essor.portal.sentences import SENTENCES


@dataclass(frozen=True, slots=True)
class Happened:
    """One line as people read it: when it was last so, what, and how often in a row."""

    at: datetime
    sentence: str
    times: int


def in_sentences(lines: Iterable[Entry], *, most: int) -> list[Happened]:
    """``lines`` (latest first) as people read them; the same thing in a row is said once."""
    told = (line for line in lines if line.verb in SENTENCES)
    happened = []
    for verb, run in groupby(told, key=lambda line: line.verb):
        same = list(run)
        happened.append(Happened(same[0].at, str(SENTENCES[verb]), len(same)))
    return happened[:most]
