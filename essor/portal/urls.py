from django.urls import path

from essor.portal.views import desk, home, network

app_name = "portal"
urlpatterns = [
    path("", network.network, name="network"),
    path("sources/", network.sources, name="sources"),
    path("<slug:territory>/", home.home, name="home"),
    path("<slug:territory>/desk/", desk.desk, name="desk"),
]
