"""What is found by searching: each room says which of its objects, in its ``search.py``.

A room tells what strangers may see of a kind (``public``), what stands on one (``told``), and which
ledger lines may have changed it (``touched``). The room ``finding`` keeps the index and asks
``public`` again before it shows anything: an index that is late leaks nothing.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.module_loading import autodiscover_modules


@dataclass(frozen=True, slots=True)
class Told:
    """What a page says of an object: its title, its other words, where it stands."""

    title: str
    text: str
    url: str


@dataclass(frozen=True, slots=True)
class Found:
    """A kind of thing that searching finds.

    ``code`` (1 to 999) stands for the kind in the index and in what people were told, for life.
    ``label`` names many, ``one`` a single thing. ``public`` gives everything that strangers may
    see, in every territory; ``place`` is the field that holds the territory's key. ``touched`` maps
    a type of the ledger to the field that holds its public id, seen from this kind.
    """

    key: str
    code: int
    label: str | Promise
    one: str | Promise
    public: Callable[[], QuerySet[Any]]
    told: Callable[[Any], Told]
    touched: Mapping[str, str]
    place: str = "territory_id"


_kinds: dict[str, Found] = {}


def declare(kind: Found) -> None:
    """Have ``kind`` found; each key and each code once."""
    if kind.key in _kinds or kind.code in {each.code for each in _kinds.values()}:
        raise ValueError(f"{kind.key} ({kind.code}) is declared twice")
    _kinds[kind.key] = kind


def kinds() -> Mapping[str, Found]:
    """Every kind, in the order of the rooms."""
    _discover()
    return _kinds


@cache
def _discover() -> None:
    autodiscover_modules("search")
