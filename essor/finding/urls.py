"""Addresses of searching: everywhere, and in a territory."""

from django.urls import path

from essor.finding.views import search

app_name = "finding"
urlpatterns = [
    path("search/", search.everywhere, name="everywhere"),
    path("<slug:territory>/search/", search.here, name="here"),
]
