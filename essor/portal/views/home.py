"""A territory's home: the next evening and who is missing, challenges, what ideas became."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from essor.kit import clock
from essor.ledger.kept import kept
from essor.portal.queries import home_of
from essor.territories.doors import door


@kept
@door()
def home(request: HttpRequest) -> HttpResponse:
    territory = request.territory  # type: ignore[attr-defined]
    return render(request, "portal/home.html", home_of(territory, clock.now()))
