from django.apps import AppConfig


class FindingConfig(AppConfig):
    name = "essor.finding"

    def ready(self) -> None:
        from essor.kit.finding import read_rooms  # noqa: PLC0415 - models are ready only now

        read_rooms()
