"""The host desk: what is to be done today, told by each room."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from essor.evenings.models import Evening
from essor.kit.prepared import Prepared
from essor.portal.beginning import way_to_the_first_evening
from essor.portal.happened import happened_in
from essor.territories.doors import HOST, door

_evenings = Prepared(
    lambda key: Evening.objects.filter(territory_id=key).exclude(state=Evening.State.OVER)[:5], int
)


@door(HOST)
def desk(request: HttpRequest) -> HttpResponse:
    territory = request.territory  # type: ignore[attr-defined]
    evenings = _evenings.all(territory.pk)
    return render(
        request,
        "portal/desk.html",
        {
            "evenings": evenings,
            "happened": happened_in(territory),
            "beginning": [] if evenings else way_to_the_first_evening(territory),
        },
    )
