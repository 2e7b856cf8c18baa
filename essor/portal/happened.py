"""The ledger as a host reads it under *what happened*."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

from django.db import connection

from essor.kit.prepared import Columns
from essor.ledger.models import Entry
from essor.portal.sentences import SENTENCES
from essor.territories.models import Territory

LINES_READ, LINES_TOLD = 200, 10


class Line(NamedTuple):
    """What is read of a line of the ledger."""

    at: datetime
    verb: str


@dataclass(frozen=True, slots=True)
class Happened:
    """One line as people read it: when it was last so, what, and how often in a row."""

    at: datetime
    sentence: str
    times: int


def happened_in(territory: Territory) -> list[Happened]:
    """What happened last in a territory; one query."""
    rows = _latest(connection.vendor, territory.public_id).rows()
    return in_sentences((Line(*row) for row in rows), most=LINES_TOLD)


@lru_cache(maxsize=300)
def _latest(vendor: str, territory: str) -> Columns:
    lines = Entry.objects.filter(territory=territory).values_list(*Line._fields)
    return Columns(lines[:LINES_READ])


def in_sentences(lines: Iterable[Line], *, most: int) -> list[Happened]:
    """``lines`` (latest first) as people read them; the same thing in a row is said once."""
    told = (line for line in lines if line.verb in SENTENCES)
    happened = []
    for verb, run in groupby(told, key=lambda line: line.verb):
        same = list(run)
        happened.append(Happened(same[0].at, str(SENTENCES[verb]), len(same)))
    return happened[:most]
