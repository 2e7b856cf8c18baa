"""Addresses of introductions; the territory's name comes before."""

from django.urls import path

from essor.exchanges.views import introduction_side, introductions

app_name = "introductions"
urlpatterns = [
    path("", introductions.desk, name="desk"),
    path("new/", introductions.new, name="new"),
    path("of/<str:project>/new/", introductions.of_project, name="of_project"),
    path("sides/<str:side>/", introduction_side.side, name="side"),
    path("sides/<str:side>/withdrawal/", introduction_side.withdrawal, name="standing_aside"),
    path("sides/<str:side>/outcome/", introduction_side.outcome, name="outcome"),
    path("<str:introduction>/", introductions.one, name="one"),
    path("<str:introduction>/withdrawal/", introductions.withdrawal, name="withdrawal"),
]
