from django.apps import AppConfig


class ChoosingConfig(AppConfig):
    name = "essor.choosing"
