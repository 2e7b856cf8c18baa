"""Addresses of evenings, one list a noun; the territory's name comes before."""

from django.urls import URLPattern

app_name = "evenings"

calendar: list[URLPattern] = []

setup: list[URLPattern] = []

registration: list[URLPattern] = []

missing: list[URLPattern] = []

lists: list[URLPattern] = []

plan: list[URLPattern] = []

prints: list[URLPattern] = []

door: list[URLPattern] = []

tables: list[URLPattern] = []

screen: list[URLPattern] = []

day_after: list[URLPattern] = []

urlpatterns = [
    *calendar,
    *setup,
    *registration,
    *missing,
    *lists,
    *plan,
    *prints,
    *door,
    *tables,
    *screen,
    *day_after,
]
