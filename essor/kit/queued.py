"""Postings that waited on a device: they say so, and are answered in a way a script can read.

``Essor-Queue: 1`` marks one; ``Essor-Ago`` is how many milliseconds it waited, measured on one
clock, so that a device whose clock is wrong still tells when something happened. An accepted one
gets JSON: ``{"location": where a browser would have gone, "words": [what the page would say]}``;
one whose session has ended gets 401. Refusals keep their page and their status.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpRequest, JsonResponse
from django.http.response import HttpResponseBase, HttpResponseRedirectBase
from django.shortcuts import resolve_url

LONGEST_WAIT = timedelta(days=3)


def is_queued(request: HttpRequest) -> bool:
    return request.headers.get("Essor-Queue") == "1"


def happened_at(request: HttpRequest, now: datetime) -> datetime:
    """When the act was done on the device: ``now``, less the time it waited there."""
    ago = request.headers.get("Essor-Ago", "")
    if not is_queued(request) or not (ago.isascii() and ago.isdecimal()):
        return now
    waited = timedelta(milliseconds=min(int(ago), LONGEST_WAIT // timedelta(milliseconds=1)))
    return now - waited


class QueuedPosts:
    """Turns the redirect after an accepted posting into JSON; a GET never comes here marked."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if request.method != "POST" or not is_queued(request):
            return response
        if not isinstance(response, HttpResponseRedirectBase):
            return response
        if response.url.startswith(resolve_url(settings.LOGIN_URL)):
            return JsonResponse({"location": response.url}, status=401)
        words = [str(message) for message in get_messages(request)]
        answer = JsonResponse({"location": response.url, "words": words})
        answer.cookies = response.cookies
        return answer
