"""Addresses of this room."""

from django.urls import URLPattern

app_name = "treasures"
urlpatterns: list[URLPattern] = []
