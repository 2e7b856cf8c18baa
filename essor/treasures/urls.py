"""Addresses of treasures; the territory's name comes before."""

from django.urls import URLPattern, path

from essor.treasures.views import inventory, remarks
from essor.treasures.views import lists as list_views
from essor.treasures.views import map as map_views
from essor.treasures.views import treasures as treasure_views

app_name = "treasures"

TREASURE = "<str:treasure>/"

lists: list[URLPattern] = [
    path("", inventory.inventory, name="inventory"),
    path("missing/", inventory.missing, name="missing"),
    path("map/", map_views.chart, name="map"),
    path("map/points.json", map_views.points, name="points"),
    path("treasures.csv", map_views.as_a_table, name="as_csv"),
    path("treasures.geojson", map_views.as_features, name="as_geojson"),
    path("new/", treasure_views.new, name="new"),
]

care: list[URLPattern] = [
    path("care/", remarks.care, name="care"),
    path("care/<str:correction>/", remarks.settlement, name="settlement"),
]

LIST = "lists/<str:treasures>/"

bringing: list[URLPattern] = [
    path("lists/", list_views.lists, name="lists"),
    path(LIST, list_views.one_list, name="list"),
    path(f"{LIST}arrival/", list_views.arrival, name="list_arrival"),
    path(f"{LIST}arrival/end/", list_views.arrival_end, name="list_arrival_end"),
    path(f"{LIST}removal/", list_views.removal, name="list_removal"),
]

one: list[URLPattern] = [
    path(TREASURE, treasure_views.treasure, name="treasure"),
    path(f"{TREASURE}confirmation/", treasure_views.confirmation, name="confirmation"),
    path(f"{TREASURE}correction/", treasure_views.correction, name="correction"),
    path(f"{TREASURE}remark/", remarks.remark, name="remark"),
    path(f"{TREASURE}appeal/", remarks.appealing, name="appeal"),
    path(f"{TREASURE}decision/", remarks.decision, name="decision"),
    path(f"{TREASURE}ending/", treasure_views.ending, name="ending"),
]

urlpatterns = [*lists, *care, *bringing, *one]
