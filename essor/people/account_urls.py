"""Addresses of the sign-in: codes by mail, passkeys, codes of an app. Essor knows no passwords."""

from allauth.account.urls import urlpatterns as account
from django.urls import include, path

urlpatterns = [
    path("", include([each for each in account if "password" not in each.name])),
    path("2fa/", include("allauth.mfa.urls")),
]
