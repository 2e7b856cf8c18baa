"""What pages that work without network need: the worker, a page that stands alone, a fresh token."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.cache import never_cache

from essor.kit.doors import anybody


@anybody
def worker(request: HttpRequest) -> HttpResponse:
    """The worker's script; at the root, because it keeps pages of every room."""
    kind = "text/javascript; charset=utf-8"
    response = render(request, "kit/offline_worker.js", content_type=kind)
    response["Cache-Control"] = "no-cache"
    return response


@anybody
def manifest(request: HttpRequest) -> JsonResponse:
    """What lets a phone put Essor on its home screen."""
    icon = {"src": static("kit/birds.svg"), "sizes": "any", "type": "image/svg+xml"}
    return JsonResponse(
        {
            "name": "Essor",
            "id": "/",
            "start_url": reverse("kit:alone"),
            "display": "standalone",
            "background_color": "#fbf7ee",
            "theme_color": "#1d1a38",
            "icons": [icon],
        },
        content_type="application/manifest+json",
    )


@anybody
def alone(request: HttpRequest) -> HttpResponse:
    """What a browser shows without network where it kept no page: it names those it kept."""
    return render(request, "kit/alone.html")


@anybody
@never_cache
def token(request: HttpRequest) -> JsonResponse:
    """A fresh protection for a posting whose page is old."""
    return JsonResponse({"token": get_token(request)})
