"""The public calendar of evenings, and the public page of one."""

import hashlib
from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from essor.evenings.doors import an_evening
from essor.evenings.missing import who_comes
from essor.evenings.models import Evening
from essor.evenings.queries.attendance import attendance
from essor.evenings.queries.evenings import calendar, challenges_of
from essor.evenings.rules import registration_open
from essor.evenings.views.here import registration_shown
from essor.evenings.views.registration import page_of
from essor.kit import clock
from essor.kit.small_numbers import PUBLIC
from essor.ledger.kept import kept
from essor.territories.doors import door


@kept
@door()
def evenings(request: HttpRequest) -> HttpResponse:
    """What comes, and what was: with the numbers said, who said them, and their notes."""
    territory, rights = request.territory, request.rights  # type: ignore[attr-defined]
    at = clock.now()
    found = calendar(territory, by_team=rights.is_team, today=clock.today())
    open_now = {each.pk for each in found.coming if registration_open(each, at)}
    return render(request, "evenings/evenings.html", {"calendar": found, "open_now": open_now})


@kept
@door(opens=(an_evening,))
def evening(request: HttpRequest, evening: Evening) -> HttpResponse:
    """Date, place, access, challenges, who will be there; six queries at most."""
    at = clock.now()
    coming = attendance(evening, at)
    mine = registration_shown(request, evening)
    context = {
        "evening": evening,
        "challenges": sorted(
            challenges_of(evening, coming.wanted, at_least=PUBLIC),
            key=lambda each: -(each.wanted or 0),
        ),
        "who": who_comes(evening, coming, PUBLIC),
        "full": evening.capacity <= coming.total,
        "open": registration_open(evening, at),
        "over": evening.state == Evening.State.OVER,
        "team": request.rights.is_team,  # type: ignore[attr-defined]
    }
    context |= {"look": look_of(context), "mine": mine}
    context["ticket"] = page_of(mine, evening) if mine else ""
    return render(request, "evenings/evening.html", context)


def look_of(context: dict[str, Any]) -> str:
    """Names all that the body of the page shows: while it stays, the written body is used again."""
    evening, counts = context["evening"], list(evening_counts(context["evening"]))
    shown = [
        get_language(),
        {name: value for name, value in vars(evening).items() if not name.startswith("_")},
        [
            (row.challenge.pk, row.challenge.question, row.challenge.track, row.wanted)
            for row in context["challenges"]
        ],
        context["who"],
        context["full"],
        context["open"],
        context["team"],
        counts,
    ]
    return hashlib.sha256(repr(shown).encode()).hexdigest()


def evening_counts(evening: Evening) -> Iterator[tuple[int, int]]:
    """Head counts are shown once the evening is over, and only then are they read."""
    if evening.state == Evening.State.OVER:
        yield from evening.head_counts.values_list("pk", "people")
