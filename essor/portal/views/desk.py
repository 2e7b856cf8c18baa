"""The host desk: what is to be done today, told by each room."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from essor.evenings.models import Evening
from essor.kit.prepared import Prepared
from essor.ledger.models import Entry
from essor.portal.beginning import way_to_the_first_evening
from essor.portal.happened import in_sentences
from essor.territories.doors import HOST, door

LINES_READ, LINES_TOLD = 200, 10
_evenings = Prepared(
    lambda key: Evening.objects.filter(territory_id=key).exclude(state=Evening.State.OVER)[:5], int
)
_lines = Prepared(
    lambda key: Entry.objects.filter(territory=key).only("at", "verb")[:LINES_READ], str
)


@door(HOST)
def desk(request: HttpRequest) -> HttpResponse:
    territory = request.territory  # type: ignore[attr-defined]
    evenings = _evenings.all(territory.pk)
    lines = _lines.all(territory.public_id)
    return render(
        request,
        "portal/desk.html",
        {
            "evenings": evenings,
            "happened": in_sentences(lines, most=LINES_TOLD),
            "beginning": [] if evenings else way_to_the_first_evening(territory),
        },
    )
