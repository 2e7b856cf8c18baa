"""What the components are given: small values a view or a query makes, without business words."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Count:
    """How many of one sphere (``<c-sphere-bar>``); ``hoped`` is how many the territory hopes for."""

    sphere: Any
    people: int
    hoped: int | None = None

    @property
    def missing(self) -> bool:
        return self.people == 0 if self.hoped is None else self.people < self.hoped


@dataclass(frozen=True, slots=True)
class Step:
    """One stage of ``<c-stage-rail>``: ``state`` is ``done``, ``now`` or ``ahead``."""

    label: str
    state: str
    at: date | None = None


@dataclass(frozen=True, slots=True)
class ProofRow:
    """One line of ``<c-proof>``: our figure, beside what chance gives where that is known."""

    label: str
    ours: str
    chance: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Tab:
    """One tab of ``<c-tabs>``: a link to a page or to the same page with another filter.

    ``mark`` names a dot that takes its colour from the room: the legend of a bar above.
    """

    label: str
    url: str
    current: bool = False
    count: int | None = None
    mark: str = ""


@dataclass(frozen=True, slots=True)
class CardLabel:
    """The label of a choice shown as a card: a title, one sentence, perhaps an icon's name."""

    title: str | Promise
    note: str | Promise = ""
    icon: str = ""

    def __str__(self) -> str:
        return str(self.title)
