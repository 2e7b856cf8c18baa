"""The way from my space to what I hear of."""

from django.http import HttpRequest

from essor.kit.panels import Panel, register
from essor.people.models import Person


def my_link(request: HttpRequest, person: Person) -> Panel:
    return Panel("news/_my_link.html", {})


register("me_links", my_link, order=10)
