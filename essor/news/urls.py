"""Addresses of news: what I hear of."""

from django.urls import path

from essor.news.views import choices, following

app_name = "news"
urlpatterns = [
    path("me/news/", choices.mine, name="mine"),
    path("follow/<str:of_type>/<str:of_id>/", following.following, name="following"),
    path("news/<str:token>/leaving/", following.leaving, name="leaving"),
    path("news/<str:token>/choices/", choices.choices, name="choices"),
]
