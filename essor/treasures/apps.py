from django.apps import AppConfig


class TreasuresConfig(AppConfig):
    name = "essor.treasures"
