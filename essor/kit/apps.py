from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class KitConfig(AppConfig):
    name = "essor.kit"

    def ready(self) -> None:
        autodiscover_modules("keeping", "privacy", "panels", "checks")
