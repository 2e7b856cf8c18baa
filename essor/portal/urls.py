from django.urls import path

from essor.portal.views import desk, home, network, short

app_name = "portal"
urlpatterns = [
    path("", network.network, name="network"),
    path("sources/", network.sources, name="sources"),
    path("solutions/", network.solutions, name="solutions"),
    path("o/<str:public_id>/", short.short_address, name="short"),
    path("<slug:territory>/", home.home, name="home"),
    path("<slug:territory>/desk/", desk.desk, name="desk"),
]
