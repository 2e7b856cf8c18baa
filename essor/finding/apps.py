from django.apps import AppConfig


class FindingConfig(AppConfig):
    name = "essor.finding"

    def ready(self) -> None:
        from essor.finding import personal  # noqa: PLC0415 - models are ready only now

        personal.register()
