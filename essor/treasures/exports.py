"""The public inventory as files that other services read: CSV and GeoJSON (RFC 7946)."""

import json
from collections.abc import Iterator
from typing import Any

from django.conf import settings

from essor.kit.sheets import as_csv
from essor.territories.models import Territory
from essor.treasures.letters import page_of
from essor.treasures.models import Treasure
from essor.treasures.queries.inventory import Asked, looked_for

COLUMNS = ("id", "name", "kind", "use", "description", "quantity", "holder", "sphere", "themes",
           "place", "commune", "commune_code", "latitude", "longitude", "precision",
           "confirmed_on", "address")  # fmt: skip


def as_table(territory: Territory, asked: Asked) -> bytes:
    """CSV with our column names; formulas neutralised."""
    lines = ([_cell(each[name]) for name in COLUMNS] for each in _told(territory, asked))
    return as_csv(COLUMNS, lines)


def as_geojson(territory: Territory, asked: Asked) -> bytes:
    """A feature a treasure; those without a place have no geometry."""
    features = [
        {"type": "Feature", "id": told["id"], "geometry": _geometry(told), "properties": told}
        for told in _told(territory, asked)
    ]
    collection = {"type": "FeatureCollection", "features": features}
    return json.dumps(collection, ensure_ascii=False, separators=(",", ":")).encode()


def _told(territory: Territory, asked: Asked) -> Iterator[dict[str, Any]]:
    found = looked_for(territory, asked).select_related("sphere").prefetch_related("themes")
    for treasure in found:
        treasure.territory = territory
        yield _one(treasure)


def _one(treasure: Treasure) -> dict[str, Any]:
    plain = ("name", "kind", "use", "description", "quantity", "holder", "place", "commune",
             "commune_code", "latitude", "longitude", "precision")  # fmt: skip
    return {
        **{name: getattr(treasure, name) for name in plain},
        "id": treasure.public_id,
        "sphere": treasure.sphere.code if treasure.sphere else "",
        "themes": [theme.code for theme in treasure.themes.all()],
        "confirmed_on": treasure.confirmed_at.date().isoformat() if treasure.confirmed_at else "",
        "address": settings.SITE_URL + page_of(treasure),
    }


def _cell(value: Any) -> Any:
    return ", ".join(value) if isinstance(value, list) else value


def _geometry(told: dict[str, Any]) -> dict[str, Any] | None:
    if told["latitude"] is None:
        return None
    return {"type": "Point", "coordinates": [told["longitude"], told["latitude"]]}
