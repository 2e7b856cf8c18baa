"""Addresses of votes; the territory's name comes before."""

from django.urls import path

from essor.choosing.views import ballot, vote

app_name = "choosing"
urlpatterns = [
    path("", vote.votes, name="votes"),
    path("new/", vote.new, name="new"),
    path("<str:vote>/", vote.vote, name="vote"),
    path("<str:vote>/closure/", vote.closure, name="closure"),
    path("<str:vote>/poster/", vote.poster, name="poster"),
    path("<str:vote>/ballots.pb", vote.file, name="file"),
    path("<str:vote>/ballot/", ballot.ballot, name="ballot"),
]
