from django.apps import AppConfig


class SupportConfig(AppConfig):
    name = "essor.support"

    def ready(self) -> None:
        from essor.support import personal  # noqa: PLC0415 - models are ready only now

        personal.register()
