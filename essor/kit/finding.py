"""What is found by searching: each room says which of its objects, in its ``search.py``.

A room tells what strangers may see of a kind (``public``), what stands on one (``told``), and which
ledger lines may have changed it (``touched``). The room ``finding`` keeps the index and asks
``public`` again before it shows anything: an index that is late leaks nothing.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise

from essor.rooms import ROOMS


@dataclass(frozen=True, slots=True)
class Told:
    """What a page says of an object: its title, its other words, where it stands."""

    title: str
    text: str
    url: str


@dataclass(frozen=True, slots=True)
class Found:
    """A kind of thing that searching finds.

    ``public`` gives everything that strangers may see, in every territory; ``touched`` maps a type
    of the ledger to the field that holds its public id, seen from this kind.
    """

    key: str
    label: str | Promise
    public: Callable[[], QuerySet[Any]]
    told: Callable[[Any], Told]
    touched: Mapping[str, str]


_kinds: dict[str, Found] = {}


def declare(kind: Found) -> None:
    """Have ``kind`` found; each key once."""
    if kind.key in _kinds:
        raise ValueError(f"{kind.key} is declared twice")
    _kinds[kind.key] = kind


def kinds() -> Mapping[str, Found]:
    """Every kind, in the order of the rooms."""
    return _kinds


def read_rooms() -> None:
    """Import the ``search.py`` of each room that has one."""
    for room in ROOMS:
        if find_spec(f"essor.{room}.search") is not None:
            import_module(f"essor.{room}.search")
