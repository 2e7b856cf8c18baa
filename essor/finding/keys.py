"""One number for one thing of any kind: the kind's code and the thing's own key."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from essor.kit.finding import Found, Told, kinds

ROOM = 1 << 50
"""How many things of a kind have a number: more than a table holds."""


def key_of(kind: Found, pk: int) -> int:
    return kind.code * ROOM + pk


def kind_of(key: int) -> Found | None:
    """The kind of a key; None where no room declares it any more."""
    return next((each for each in kinds().values() if each.code == key // ROOM), None)


def shown(keys: Iterable[int]) -> dict[int, tuple[Found, Any, Told]]:
    """What rooms show to strangers of these, now: the thing and what it says, by key.

    One query for each kind; what may not be shown any more is absent.
    """
    by_kind: dict[int, list[int]] = defaultdict(list)
    for key in keys:
        by_kind[key // ROOM].append(key % ROOM)
    found: dict[int, tuple[Found, Any, Told]] = {}
    for kind in kinds().values():
        if kind.code in by_kind:
            for each in kind.public().filter(pk__in=by_kind[kind.code]).order_by("pk"):
                found[key_of(kind, each.pk)] = (kind, each, kind.told(each))
    return found
