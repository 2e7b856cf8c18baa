"""The component gallery: every component in all its states, for whoever builds pages."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from essor.kit.doors import anybody
from essor.kit.samples import gallery_context


@anybody
def gallery(request: HttpRequest) -> HttpResponse:
    return render(request, "kit/gallery.html", gallery_context())
