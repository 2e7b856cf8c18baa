"""Postings that waited on a device: they say so, and are answered in a way a script can read.

``Essor-Queue: 1`` marks one; ``Essor-Ago`` is how many milliseconds it waited, measured on one
clock, so that a device whose clock is wrong still tells when something happened. An accepted one
gets JSON: ``{"location": where a browser would have gone, "words": [what the page would say]}``.
Refusals keep their page and their status; one whose session has ended is "not found".
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.contrib.messages import get_messages
from django.http import HttpRequest, JsonResponse
from django.http.response import HttpResponseBase, HttpResponseRedirectBase

LONGEST_WAIT = timedelta(days=3)


def is_queued(request: HttpRequest) -> bool:
    return request.headers.get("Essor-Queue") == "1"


def waited(request: HttpRequest) -> timedelta:
    """How long the act waited on the device, three days at most; nothing where it did not."""
    ago = request.headers.get("Essor-Ago", "")
    if not is_queued(request) or not (ago.isascii() and ago.isdecimal() and len(ago) < 16):
        return timedelta()
    return min(timedelta(milliseconds=int(ago)), LONGEST_WAIT)


def happened_at(request: HttpRequest, now: datetime) -> datetime:
    """When the act was done on the device: ``now``, less the time it waited there."""
    return now - waited(request)


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
        words = [str(message) for message in get_messages(request)]
        answer = JsonResponse({"location": response.url, "words": words})
        answer.cookies = response.cookies
        return answer
