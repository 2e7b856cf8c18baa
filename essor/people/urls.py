"""Addresses of persons: personal links, my space."""

from django.urls import path

from essor.people.views import communes, links, me, news

app_name = "people"
urlpatterns = [
    path("me/", me.me, name="me"),
    path("me/earlier/", me.earlier, name="earlier"),
    path("me/profile/", me.profile, name="profile"),
    path("me/data/", me.data, name="data"),
    path("me/data.json", me.data_file, name="data_file"),
    path("me/data/link/", me.data_link, name="data_link"),
    path("me/consents/<slug:purpose>/withdrawal/", me.consent_withdrawal, name="withdrawal"),
    path("me/erasure/", me.erasure, name="erasure"),
    path("me/farewell/", me.farewell, name="farewell"),
    path("communes/", communes.suggestions, name="communes"),
    path("l/<str:token>/", links.link, name="link"),
    path("l/<str:token>/again/", links.link_again, name="link_again"),
    path("news/<str:token>/", news.no_news, name="no_news"),
]
