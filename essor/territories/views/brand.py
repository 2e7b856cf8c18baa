"""A territory's colours as a style sheet, and its logo."""

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from essor.kit.colours import ink_on
from essor.kit.files import served
from essor.territories.doors import door
from essor.territories.models import Territory, hex_colour

FOR_EVER = 365 * 24 * 3600


@door()
def brand(request: HttpRequest) -> HttpResponse:
    """Four tokens. Addresses that carry the version of the colours may be kept for ever."""
    territory: Territory = request.territory  # type: ignore[attr-defined]
    for colour in (territory.primary, territory.accent):
        hex_colour(colour)  # what stands in the database is checked again before it becomes CSS
    css = (
        f":root{{--brand:{territory.primary};--brand-ink:{ink_on(territory.primary)};"
        f"--accent:{territory.accent};--accent-ink:{ink_on(territory.accent)}}}\n"
    )
    response = HttpResponse(css, content_type="text/css; charset=utf-8")
    lasting = request.GET.get("v") == territory.brand_version
    response.headers["Cache-Control"] = (
        f"public, max-age={FOR_EVER}, immutable" if lasting else "public, max-age=60"
    )
    return response


@door()
def logo(request: HttpRequest) -> HttpResponseBase:
    territory: Territory = request.territory  # type: ignore[attr-defined]
    if not territory.logo:
        raise Http404
    name = f"{territory.slug}.png"
    return served(territory.logo, content_type="image/png", filename=name, inline=True, public=True)
