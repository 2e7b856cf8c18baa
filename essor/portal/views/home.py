"""A territory's home: the next evening and who is missing, challenges, what ideas became."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from essor.kit import clock
from essor.ledger.kept import kept, kept_part
from essor.portal.queries import home_of
from essor.territories.doors import door


@kept
@door()
def home(request: HttpRequest) -> HttpResponse:
    """The same for everybody but for its header: what is below is kept for whoever is signed in."""
    territory = request.territory  # type: ignore[attr-defined]
    body = kept_part(
        request,
        "portal/_home.html",
        territory.public_id,
        lambda: {"territory": territory, **home_of(territory, clock.now())},
    )
    return render(request, "portal/home.html", {"body": body})
