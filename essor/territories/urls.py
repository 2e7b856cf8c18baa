"""Addresses of a territory's settings, team and brand; its name comes before."""

from django.urls import path

from essor.territories.views import brand, joining, privacy, settings, team

app_name = "territories"
urlpatterns = [
    path("brand.css", brand.brand, name="brand"),
    path("logo.png", brand.logo, name="logo"),
    path("start/", settings.start, name="start"),
    path("settings/", settings.identity, name="identity"),
    path("settings/themes/", settings.themes, name="themes"),
    path("settings/spheres/", settings.spheres, name="spheres"),
    path("settings/privacy/", privacy.register, name="privacy"),
    path("team/", team.team, name="team"),
    path("team/leaving/", team.leaving, name="leaving"),
    path("team/invitations/<slug:invitation>/withdrawal/", team.withdrawal, name="withdrawal"),
    path("team/roles/<int:role>/removal/", team.removal, name="removal"),
    path("join/<str:token>/", joining.invitation, name="invitation"),
]
