"""What is found: in one territory, or in all that are listed."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from essor.finding.index import stands
from essor.finding.looking import Asked, look
from essor.kit.doors import anybody
from essor.territories.doors import door
from essor.territories.models import Territory


@anybody
def everywhere(request: HttpRequest) -> HttpResponse:
    """What strangers may see anywhere; unlisted territories are searched on their own pages."""
    return render(request, "finding/search.html", _context(request, None))


@door()
def here(request: HttpRequest) -> HttpResponse:
    """What strangers may see in this territory."""
    territory: Territory = request.territory  # type: ignore[attr-defined]
    return render(request, "finding/search.html", _context(request, territory))


def _context(request: HttpRequest, territory: Territory | None) -> dict[str, Any]:
    asked = Asked.of(request.GET)
    looked = look(asked, territory)
    making = not looked.total and not stands()
    words = looked.guessed or asked.q
    keep = asked.query(q=words, where=territory.slug if territory else asked.where)
    return {"looked": looked, "asked": asked, "making": making, "keep": keep}
