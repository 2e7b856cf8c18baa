"""The map of treasures, the numbers it draws, and the same as files."""

import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.templatetags.static import static

from essor.ledger.kept import kept
from essor.territories.doors import door
from essor.territories.outlines import departments_of
from essor.treasures.exports import as_geojson, as_table
from essor.treasures.queries.inventory import Asked, looked_at
from essor.treasures.queries.points import points_of, version_of

FOR_EVER = "public, max-age=31536000, immutable"


@kept
@door()
def chart(request: HttpRequest) -> HttpResponse:
    """The map with its lenses; the list that says the same stands one tap away."""
    territory = request.territory  # type: ignore[attr-defined]
    asked = Asked.of(request.GET)
    context: dict[str, Any] = {
        "looked": looked_at(territory, asked),
        "version": version_of(territory),
        "outlines": json.dumps(
            [static(f"outlines/{code}.json") for code in departments_of(territory)]
        ),
    }
    return render(request, "treasures/map.html", context)


@kept
@door()
def points(request: HttpRequest) -> HttpResponse:
    """Places and kinds as numbers; for ever in caches under the version that the page names."""
    territory = request.territory  # type: ignore[attr-defined]
    version = version_of(territory)
    answer = HttpResponse(
        points_of(territory, Asked.of(request.GET), version), content_type="application/json"
    )
    if request.GET.get("v") == version:
        answer.headers["Cache-Control"] = FOR_EVER
    return answer


@door()
def as_a_table(request: HttpRequest) -> HttpResponse:
    """Everything that is public, as CSV; places as blurred as they are kept."""
    territory = request.territory  # type: ignore[attr-defined]
    body = as_table(territory, Asked.of(request.GET))
    return _file(body, "text/csv; charset=utf-8", "treasures.csv")


@door()
def as_features(request: HttpRequest) -> HttpResponse:
    """The same as GeoJSON."""
    territory = request.territory  # type: ignore[attr-defined]
    body = as_geojson(territory, Asked.of(request.GET))
    return _file(body, "application/geo+json", "treasures.geojson")


def _file(body: bytes, kind: str, name: str) -> HttpResponse:
    answer = HttpResponse(body, content_type=kind)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
