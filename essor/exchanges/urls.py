"""Addresses of commitments; the territory's name comes before."""

from django.urls import path

from essor.exchanges.views import calls, commitment, desk

app_name = "exchanges"
urlpatterns = [
    path("", desk.desk, name="desk"),
    path("new/", commitment.new, name="new"),
    path("<str:commitment>/", commitment.commitment, name="commitment"),
    path("<str:commitment>/release/", commitment.release, name="release"),
    path("<str:commitment>/thanks/", commitment.thanks, name="thanks"),
    path("<str:commitment>/calls/", calls.calls, name="calls"),
    path("<str:commitment>/answer/", desk.answer, name="answer"),
]
