"""The short address on posters: a harvest's code leads to where an idea is given."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from essor.harvest.models import Harvest
from essor.harvest.views.harvests import address_of
from essor.kit.doors import anybody


@anybody
def code(request: HttpRequest) -> HttpResponse:
    """For whoever types what the poster says."""
    return _led(request, request.GET.get("code", ""))


@anybody
def give(request: HttpRequest, code: str) -> HttpResponse:
    """What the QR code says."""
    return _led(request, code)


def _led(request: HttpRequest, given: str) -> HttpResponse:
    """To the harvest with this code; the page where it is typed where there is none."""
    given = "".join(given.split()).upper()[:12]
    harvest = (
        Harvest.objects.select_related("territory")
        .filter(code=given)
        .exclude(state=Harvest.State.DRAFT)
        .first()
        if given
        else None
    )
    if harvest is not None:
        return HttpResponseRedirect(address_of(harvest, "give"))
    status = 404 if given else 200
    return render(request, "harvest/code.html", {"given": given}, status=status)
