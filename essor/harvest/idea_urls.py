"""The short address that posters and QR codes show, before any territory's name."""

from django.urls import path

from essor.harvest.views import code

app_name = "idea"
urlpatterns = [
    path("", code.code, name="code"),
    path("<str:code>/", code.give, name="give"),
]
