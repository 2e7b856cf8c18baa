"""Addresses of persons: personal links, my space."""

from django.urls import path

from essor.people.views import communes, links, news

app_name = "people"
urlpatterns = [
    path("communes/", communes.suggestions, name="communes"),
    path("l/<str:token>/", links.link, name="link"),
    path("l/<str:token>/again/", links.link_again, name="link_again"),
    path("news/<str:token>/", news.no_news, name="no_news"),
]
