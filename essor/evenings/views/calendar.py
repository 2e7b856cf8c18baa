"""The public calendar of evenings, and the public page of one."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from essor.evenings.doors import an_evening
from essor.evenings.missing import who_comes
from essor.evenings.models import Evening
from essor.evenings.queries.attendance import attendance
from essor.evenings.queries.evenings import calendar, challenges_of
from essor.evenings.rules import registration_open
from essor.kit import clock
from essor.kit.small_numbers import PUBLIC
from essor.territories.doors import door


@door()
def evenings(request: HttpRequest) -> HttpResponse:
    """What comes, and what was: with the numbers said, who said them, and their notes."""
    territory, rights = request.territory, request.rights  # type: ignore[attr-defined]
    found = calendar(territory, by_team=rights.is_team, today=clock.today())
    return render(request, "evenings/evenings.html", {"calendar": found})


@door(opens=(an_evening,))
def evening(request: HttpRequest, evening: Evening) -> HttpResponse:
    """Date, place, access, challenges, who will be there; six queries at most."""
    at = clock.now()
    coming = attendance(evening, at)
    full = evening.capacity <= coming.total
    context = {
        "evening": evening,
        "challenges": challenges_of(evening, coming.wanted, at_least=PUBLIC),
        "who": who_comes(evening, coming, PUBLIC),
        "full": full,
        "open": registration_open(evening, at),
        "over": evening.state == Evening.State.OVER,
    }
    return render(request, "evenings/evening.html", context)
