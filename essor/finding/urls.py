"""Addresses of searching: everywhere, in a territory, and searches kept by mail."""

from django.urls import path

from essor.finding.views import saved, search

app_name = "finding"
urlpatterns = [
    path("search/", search.everywhere, name="everywhere"),
    path("search/saved/", saved.saving, name="saving"),
    path("search/saved/<str:token>/", saved.saved, name="saved"),
    path("<slug:territory>/search/", search.here, name="here"),
]
