"""Error pages: each says what happened and offers a way on."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "kit/not_found.html", status=404)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "kit/bad_request.html", status=400)


def server_error(request: HttpRequest) -> HttpResponse:
    return render(request, "kit/server_error.html", status=500)


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form whose protection expired: nothing was changed; the page says how to send it again."""
    return render(request, "kit/stale_form.html", {"back": request.path}, status=403)
