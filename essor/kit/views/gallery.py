"""The component gallery: every component in all its states, for whoever builds pages."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from essor.kit.doors import anybody


@anybody
def gallery(request: HttpRequest) -> HttpResponse:
    return render(request, "kit/gallery.html")
