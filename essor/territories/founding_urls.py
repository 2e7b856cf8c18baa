"""The address where a founding team opens its territory: the only one before it has a name."""

from django.urls import path

from essor.territories.views import founding

app_name = "founding"
urlpatterns = [path("found/", founding.founding, name="new")]
