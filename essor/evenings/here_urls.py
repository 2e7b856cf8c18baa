"""The short address that the big screen shows, before any territory's name."""

from django.urls import path

from essor.evenings.views import here

app_name = "here"
urlpatterns = [path("", here.code, name="code")]
