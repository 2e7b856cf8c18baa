"""The riches of a territory: the list with its lenses, and what is missing in it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from essor.kit import clock
from essor.ledger.kept import kept
from essor.territories.doors import door
from essor.treasures.queries.inventory import Asked, looked_at, missing_in


@kept
@door()
def inventory(request: HttpRequest) -> HttpResponse:
    """Everything that is written down, latest first, through the lenses asked for."""
    looked = looked_at(request.territory, Asked.of(request.GET))  # type: ignore[attr-defined]
    return render(request, "treasures/inventory.html", {"looked": looked, "at": clock.now()})


@kept
@door()
def missing(request: HttpRequest) -> HttpResponse:
    """Themes, kinds and spheres of which nobody has written anything down."""
    found = missing_in(request.territory)  # type: ignore[attr-defined]
    return render(request, "treasures/missing.html", {"missing": found})
