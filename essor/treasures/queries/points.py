"""What the map draws: places and kinds as columns of small numbers, kept until anything changes."""

import hashlib
import json

from django.core.cache import cache
from django.db.models import Count, Max

from essor.people.places import FINE
from essor.territories.models import Territory
from essor.treasures.models import Treasure
from essor.treasures.queries.inventory import Asked, looked_for, shown_in

KINDS = {kind: str(number) for number, kind in enumerate(Treasure.Kind.values)}
A_DAY = 24 * 60 * 60


def version_of(territory: Territory) -> str:
    """Changes with what the map shows of the territory; one query."""
    told = shown_in(territory).aggregate(latest=Max("changed_at"), count=Count("pk"))
    words = f"{territory.public_id}:{told['latest']}:{told['count']}"
    return hashlib.sha256(words.encode()).hexdigest()[:16]


def points_of(territory: Territory, asked: Asked, version: str) -> bytes:
    """``{"x": [...], "y": [...], "k": "..."}`` of the treasures that fit and have a place.

    Longitudes and latitudes are steps in ten-thousandths of a degree, from west to east, so that they
    compress; ``k`` is one figure a treasure. No names: what is at a place is asked of the list.
    """
    key = f"treasure-points:{version}:{hashlib.sha256(asked.query().encode()).hexdigest()}"
    kept: bytes | None = cache.get(key)
    if kept is None:
        kept = _points(territory, asked)
        cache.set(key, kept, A_DAY)
    return kept


def _points(territory: Territory, asked: Asked) -> bytes:
    found = looked_for(territory, asked).filter(latitude__isnull=False).order_by()
    rows = sorted(
        (round(longitude * FINE), round(latitude * FINE), KINDS[kind])
        for longitude, latitude, kind in found.values_list("longitude", "latitude", "kind")
        if longitude is not None and latitude is not None
    )
    told = {
        "x": _steps([x for x, _, _ in rows]),
        "y": _steps([y for _, y, _ in rows]),
        "k": "".join(kind for _, _, kind in rows),
    }
    return json.dumps(told, separators=(",", ":")).encode()


def _steps(numbers: list[int]) -> list[int]:
    return [each - before for each, before in zip(numbers, [0, *numbers], strict=False)]
