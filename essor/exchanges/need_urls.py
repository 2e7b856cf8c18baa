"""Addresses of needs; the territory's name comes before."""

from django.urls import path

from essor.exchanges.views import need_words, needs, suggestions

app_name = "needs"
urlpatterns = [
    path("", needs.needs, name="needs"),
    path("of/<str:project>/new/", need_words.new, name="new"),
    path("suggestions/<str:suggestion>/refusal/", suggestions.refusal, name="refusal"),
    path("<str:need>/", needs.need, name="need"),
    path("<str:need>/bring/", needs.answer, name="bring"),
    path("<str:need>/wording/", need_words.wording, name="wording"),
    path("<str:need>/ending/", need_words.ending, name="ending"),
]
