"""Addresses of Essor: each room lists its own; the territory's name comes first."""

from django.conf import settings
from django.urls import include, path

handler404 = "essor.kit.errors.not_found"
handler400 = "essor.kit.errors.bad_request"
handler500 = "essor.kit.errors.server_error"

urlpatterns = [
    path("", include("essor.kit.urls")),
    path("account/", include("essor.people.account_urls")),
    path("", include("essor.people.urls")),
    path("", include("essor.news.urls")),
    path("", include("essor.finding.urls")),
    path("", include("essor.territories.founding_urls")),
    path("here/", include("essor.evenings.here_urls")),
    path("idea/", include("essor.harvest.idea_urls")),
    path("", include("essor.portal.urls")),
    path("<slug:territory>/", include("essor.territories.urls")),
    path("<slug:territory>/harvest/", include("essor.harvest.urls")),
    path("<slug:territory>/challenges/", include("essor.challenges.urls")),
    path("<slug:territory>/projects/", include("essor.projects.urls")),
    path("<slug:territory>/votes/", include("essor.choosing.urls")),
    path("<slug:territory>/treasures/", include("essor.treasures.urls")),
    path("<slug:territory>/commitments/", include("essor.exchanges.urls")),
    path("<slug:territory>/needs/", include("essor.exchanges.need_urls")),
    path("<slug:territory>/support/", include("essor.support.urls")),
    path("<slug:territory>/introductions/", include("essor.exchanges.introduction_urls")),
    path("<slug:territory>/evenings/", include("essor.evenings.urls")),
]

if settings.DEMO:
    urlpatterns.insert(0, path("demo/", include("essor.portal.demo.urls")))
