"""A database that is away for a moment costs people a moment, not an error.

Where PostgreSQL restarts under a page, the page is asked for once more as soon as it answers: in
the same request, so that whoever waits sees nothing but a slower page. Reading is asked for again
as it is. An act only where it carries its key: ``once`` finds out whether the first try was kept,
and then answers as that one would have. Whatever lasts longer than ``PATIENCE`` gets the page that
gives the form back (``essor.kit.errors.cannot_write``).
"""

import time
from collections.abc import Callable

import structlog
from django.db import close_old_connections, connection
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from essor.kit.once import carries_key

log = structlog.get_logger("essor")
PATIENCE = 8.0
"""Seconds during which a request is tried again; PostgreSQL restarts in two to four."""
PAUSE = 0.2
READING = frozenset({"GET", "HEAD", "OPTIONS"})


class DoneAgain:
    """Asks once more for what met a database that went away."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        until = time.monotonic() + PATIENCE
        response, tries = self.get_response(request), 1
        while went_away(response) and time.monotonic() < until and may_be_repeated(request):
            time.sleep(PAUSE)
            close_old_connections()
            response, tries = self.get_response(request), tries + 1
        if tries > 1:
            log.warning("done again", tries=tries, status=response.status_code)
        return response


def went_away(response: HttpResponseBase) -> bool:
    """Whether this is the answer of a house whose PostgreSQL is away; SQLite is never."""
    return getattr(response, "out_of_reach", False) and connection.vendor == "postgresql"


def may_be_repeated(request: HttpRequest) -> bool:
    """Whether doing this twice is doing it once. A file that was read cannot be read again."""
    if request.method in READING:
        return True
    try:
        return carries_key(request) and not request.FILES
    except OSError:  # the person went away while sending
        return False
