from django.apps import AppConfig


class NewsConfig(AppConfig):
    name = "essor.news"

    def ready(self) -> None:
        from essor.news import personal  # noqa: PLC0415 - models are ready only now

        personal.register()
