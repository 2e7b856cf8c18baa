"""Addresses of challenges; the territory's name comes before."""

from django.urls import path

from essor.challenges.views import board, challenge

app_name = "challenges"
urlpatterns = [
    path("", board.board, name="board"),
    path("wording/", challenge.new_wording, name="new"),
    path("<slug:challenge>/", challenge.challenge, name="challenge"),
    path("<slug:challenge>/wording/", challenge.wording, name="wording"),
    path("<slug:challenge>/state/", challenge.state, name="state"),
]
