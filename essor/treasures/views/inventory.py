"""The riches of a territory, each with where it is known from."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from essor.ledger.kept import kept
from essor.territories.doors import door
from essor.treasures.queries import treasures_of


@kept
@door()
def inventory(request: HttpRequest) -> HttpResponse:
    kinds = treasures_of(request.territory)  # type: ignore[attr-defined]
    return render(request, "treasures/inventory.html", {"kinds": kinds})
