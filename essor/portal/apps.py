from importlib import import_module

from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "essor.portal"

    def ready(self) -> None:
        import_module("essor.portal.checks")
