"""Addresses of treasures; the territory's name comes before."""

from django.urls import path

from essor.treasures.views import inventory

app_name = "treasures"
urlpatterns = [path("", inventory.inventory, name="inventory")]
