"""Addresses of this room."""

from django.urls import URLPattern

app_name = "evenings"
urlpatterns: list[URLPattern] = []
