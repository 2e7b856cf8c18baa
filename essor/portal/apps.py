from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "essor.portal"
