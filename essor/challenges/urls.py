"""Addresses of challenges; the territory's name comes before."""

from django.urls import path

from essor.challenges.views import board, challenge, elsewhere, provenance

app_name = "challenges"
urlpatterns = [
    path("", board.board, name="board"),
    path("wording/", challenge.new_wording, name="new"),
    path("wording/from/<str:group>/", provenance.from_group, name="from_group"),
    path("<slug:challenge>/", challenge.challenge, name="challenge"),
    path("<slug:challenge>/wording/", challenge.wording, name="wording"),
    path("<slug:challenge>/state/", challenge.state, name="state"),
    path("<slug:challenge>/ideas/", provenance.ideas, name="ideas"),
    path("<slug:challenge>/elsewhere/", elsewhere.elsewhere, name="elsewhere"),
    path("<slug:challenge>/merger/", provenance.merger, name="merger"),
    path("<slug:challenge>/split/", provenance.split, name="split"),
]
