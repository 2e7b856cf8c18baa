"""For hosts: how long projects stay at each stage, and which are silent for long."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from essor.kit import clock
from essor.projects.network_pace import Network
from essor.projects.pace import LEAST, silent_for_long, stage_paces
from essor.territories.doors import HOST, door


@door(HOST)
def pace(request: HttpRequest) -> HttpResponse:
    territory, at = request.territory, clock.now()  # type: ignore[attr-defined]
    network = Network(at)
    context = {
        "paces": stage_paces(territory, at, network),
        "silent": silent_for_long(territory, at, network),
        "least": LEAST,
    }
    return render(request, "projects/pace.html", context)
