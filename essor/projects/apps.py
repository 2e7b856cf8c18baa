from django.apps import AppConfig


class ProjectsConfig(AppConfig):
    name = "essor.projects"

    def ready(self) -> None:
        from essor.projects import personal  # noqa: PLC0415 - models are ready only now

        personal.register()
