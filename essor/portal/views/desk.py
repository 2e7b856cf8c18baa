"""The host desk: what is to be done today, told by each room."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from essor.evenings.models import Evening
from essor.ledger.models import Entry
from essor.portal.beginning import way_to_the_first_evening
from essor.portal.sentences import in_sentences
from essor.territories.doors import HOST, door

LINES_READ, LINES_TOLD = 200, 10


@door(HOST)
def desk(request: HttpRequest) -> HttpResponse:
    territory = request.territory  # type: ignore[attr-defined]
    evenings = list(
        Evening.objects.filter(territory=territory).exclude(state=Evening.State.OVER)[:5]
    )
    lines = Entry.objects.filter(territory=territory.public_id)[:LINES_READ]
    return render(
        request,
        "portal/desk.html",
        {
            "evenings": evenings,
            "happened": in_sentences(lines, most=LINES_TOLD),
            "beginning": [] if evenings else way_to_the_first_evening(territory),
        },
    )
