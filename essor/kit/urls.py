"""Addresses of the kit: the component gallery, the language, the health page."""

from django.urls import path

from essor.kit.views import gallery, health, language

app_name = "kit"
urlpatterns = [
    path("gallery/", gallery.gallery, name="gallery"),
    path("language/", language.choose_language, name="language"),
    path("health/", health.health, name="health"),
    path("health/work/", health.work, name="work"),
    path("metrics/", health.metrics, name="metrics"),
]
