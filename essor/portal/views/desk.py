"""The host desk: what is to be done today, told by each room."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from essor.evenings.models import Evening
from essor.ledger.models import Entry
from essor.territories.doors import HOST, door


@door(HOST)
def desk(request: HttpRequest) -> HttpResponse:
    territory = request.territory  # type: ignore[attr-defined]
    evenings = list(
        Evening.objects.filter(territory=territory).exclude(state=Evening.State.OVER)[:5]
    )
    lines = Entry.objects.filter(territory=territory.public_id)[:12]
    return render(
        request, "portal/desk.html", {"evenings": evenings, "lines": lines, "subject": territory}
    )
