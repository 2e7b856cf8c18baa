"""Addresses of the kit: the gallery, the language, the health page, what works without network."""

from django.urls import path

from essor.kit.views import gallery, health, language, offline

app_name = "kit"
urlpatterns = [
    path("gallery/", gallery.gallery, name="gallery"),
    path("language/", language.choose_language, name="language"),
    path("offline-worker.js", offline.worker, name="offline_worker"),
    path("app.webmanifest", offline.manifest, name="manifest"),
    path("offline/", offline.alone, name="alone"),
    path("offline/token/", offline.token, name="offline_token"),
    path("health/", health.health, name="health"),
    path("health/work/", health.work, name="work"),
    path("metrics/", health.metrics, name="metrics"),
]
