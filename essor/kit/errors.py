"""Error pages: each says what happened and offers a way on."""

import structlog
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

log = structlog.get_logger("essor")

LAST_RESORT = """<!doctype html>
<html lang="fr"><head><meta charset="utf-8"><title>Essor</title></head><body>
<h1>Quelque chose s’est cassé de notre côté.</h1>
<p>Rien de ce que vous aviez envoyé n’est perdu. <a href="/">Revenir à l’accueil</a></p>
<p lang="en">Something broke on our side. Nothing you sent before was lost.
<a href="/">Back to the home page</a></p>
</body></html>
"""


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "kit/not_found.html", status=404)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "kit/bad_request.html", status=400)


def server_error(request: HttpRequest) -> HttpResponse:
    """The page for what we did not foresee; it must stand even when pages cannot be made."""
    try:
        return render(request, "kit/server_error.html", status=500)
    except Exception as trouble:
        log.error("error page broken", why=type(trouble).__name__)
        return HttpResponse(LAST_RESORT, status=500)


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form whose protection expired: nothing was changed; the page says how to send it again."""
    return render(request, "kit/stale_form.html", {"back": request.path}, status=403)
