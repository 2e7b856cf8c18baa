"""Addresses of the harvest, one list a noun; the territory's name comes before."""

from django.urls import URLPattern, path

from essor.harvest.views import giving
from essor.harvest.views import harvest as harvest_views
from essor.harvest.views import harvests as harvests_views

app_name = "harvest"

HARVEST = "<str:harvest>/"
IDEA = f"{HARVEST}ideas/<str:idea>/"

harvests: list[URLPattern] = [
    path("", harvests_views.harvests, name="harvests"),
    path("new/", harvests_views.new_harvest, name="new"),
    path(HARVEST, harvest_views.harvest, name="harvest"),
    path(f"{HARVEST}desk/", harvests_views.desk, name="desk"),
    path(f"{HARVEST}details/", harvests_views.details, name="details"),
    path(f"{HARVEST}moves/", harvests_views.moves, name="moves"),
    path(f"{HARVEST}poster/", harvests_views.poster, name="poster"),
]

ideas: list[URLPattern] = [
    path(f"{HARVEST}idea/", giving.give, name="give"),
    path(IDEA, harvest_views.idea, name="idea"),
    path(f"{IDEA}thanks/", giving.thanks, name="thanks"),
]

urlpatterns = [*harvests, *ideas]
