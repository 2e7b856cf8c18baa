"""Who is missing: for hosts, with the words to invite them."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from essor.evenings.doors import an_evening
from essor.evenings.missing import shown_parts, who_comes
from essor.evenings.models import Evening, Registration
from essor.evenings.queries.attendance import attendance, by_age, by_commune
from essor.evenings.rules import registration_open
from essor.kit import clock
from essor.kit.small_numbers import INSIDE
from essor.territories.doors import HOST, door

MOST = 30


@door(HOST, opens=(an_evening,))
def who_is_missing(request: HttpRequest, evening: Evening) -> HttpResponse:
    """Spheres beside the territory's targets, communes and ages; nothing below five people."""
    at = clock.now()
    who = who_comes(evening, attendance(evening, at), INSIDE)
    communes, communes_hidden = shown_parts(by_commune(evening), most=MOST, at_least=INSIDE)
    ages, ages_hidden = shown_parts(by_age(evening), most=MOST, at_least=INSIDE)
    bands = dict(Registration.AgeBand.choices)
    slug = evening.territory.slug
    context = {
        "evening": evening,
        "who": who,
        "communes": communes.items(),
        "communes_hidden": communes_hidden,
        "ages": [(bands.get(band, ""), ages[band]) for band in [*bands, ""] if band in ages],
        "ages_hidden": ages_hidden,
        "open": registration_open(evening, at),
        "link": settings.SITE_URL + reverse("evenings:register", args=[slug, evening.public_id]),
    }
    return render(request, "evenings/missing.html", context)
