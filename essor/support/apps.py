from django.apps import AppConfig


class SupportConfig(AppConfig):
    name = "essor.support"

    def ready(self) -> None:
        from essor.exchanges.introducing import introduces  # noqa: PLC0415 - the same
        from essor.exchanges.settling import settles  # noqa: PLC0415 - models are ready only now
        from essor.support import personal, silence  # noqa: F401, PLC0415 - the same
        from essor.support.actions.pledges import settle_pledge  # noqa: PLC0415 - the same
        from essor.support.funder_doors import as_party  # noqa: PLC0415 - the same
        from essor.support.queries.funders import FUNDER  # noqa: PLC0415 - the same

        personal.register()
        settles(settle_pledge)
        introduces(FUNDER, as_party)
