from django.apps import AppConfig


class SupportConfig(AppConfig):
    name = "essor.support"

    def ready(self) -> None:
        from essor.support import personal, silence  # noqa: F401, PLC0415 - models are ready only now

        personal.register()
