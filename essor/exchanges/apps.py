from django.apps import AppConfig


class ExchangesConfig(AppConfig):
    name = "essor.exchanges"

    def ready(self) -> None:
        from essor.exchanges import personal, signs  # noqa: F401, PLC0415 - models are ready only now

        personal.register()
