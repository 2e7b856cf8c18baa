from django.apps import AppConfig


class NewsConfig(AppConfig):
    name = "essor.news"
