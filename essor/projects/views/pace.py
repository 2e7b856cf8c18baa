"""For hosts: how long projects stay at each stage, and which are silent for long."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from essor.kit import clock
from essor.projects.network_pace import Network
from essor.projects.pace import LEAST, stage_paces, walk
from essor.projects.silences import named, silent_for_long
from essor.territories.doors import HOST, door

A_PAGE = 50
"""Silences shown at a time, the longest first."""


@door(HOST)
def pace(request: HttpRequest) -> HttpResponse:
    at = clock.now()
    walked, network = walk(request.territory, at), Network(at)  # type: ignore[attr-defined]
    long = silent_for_long(walked, network)
    page = Paginator(long, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "paces": stage_paces(walked, network),
        "page": page,
        "silent": named(list(page.object_list)),
        "least": LEAST,
    }
    return render(request, "projects/pace.html", context)
