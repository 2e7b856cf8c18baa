"""Suggestions of communes while somebody types; nothing about anybody is read or kept."""

from django.http import HttpRequest, JsonResponse

from essor.kit.doors import anybody
from essor.people.communes import communes

LONGEST = 80
A_DAY = 86_400


@anybody
def suggestions(request: HttpRequest) -> JsonResponse:
    """``?q=rom&near=26``: at most eight communes, as JSON; an empty list for too short a text."""
    text = request.GET.get("q", "")[:LONGEST]
    found = communes().search(text, near=request.GET.get("near", "")[:3])
    answer = JsonResponse(
        {"communes": [{"name": c.name, "code": c.code, "postcode": c.postcode} for c in found]}
    )
    answer["Cache-Control"] = f"public, max-age={A_DAY}"
    return answer
