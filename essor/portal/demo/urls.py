"""Addresses of the demonstration: roles to try, mails that were written."""

from django.urls import path

from essor.portal.demo import mailbox, roles

app_name = "demo"
urlpatterns = [
    path("", roles.roles, name="roles"),
    path("role/", roles.take_role, name="take_role"),
    path("moment/", roles.take_moment, name="take_moment"),
    path("mails/", mailbox.mails, name="mails"),
    path("mails/<int:mail_id>/", mailbox.mail, name="mail"),
    path("mails/<int:mail_id>/html/", mailbox.mail_html, name="mail_html"),
]
