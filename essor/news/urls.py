"""Addresses of news: what I hear of."""

from django.urls import path

from essor.news.views import choices

app_name = "news"
urlpatterns = [
    path("me/news/", choices.mine, name="mine"),
    path("news/<str:token>/choices/", choices.choices, name="choices"),
]
