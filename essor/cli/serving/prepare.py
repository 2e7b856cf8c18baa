"""Before the first page: the settings are checked and the database is brought up to date."""

import os
import sys
from pkgutil import iter_modules

from essor.cli import Refusal, start_django


def prepare(*, migrate: bool) -> bool:
    """Whether the house may open; what is wrong is said on the standard error."""
    try:
        start_django()
        check_settings()
        bring_database_up_to_date(migrate=migrate)
    except Refusal as refusal:
        print(f"essor: {refusal}", file=sys.stderr, flush=True)
        return False
    return True


def check_settings() -> None:
    """Run the system checks of what is set here; errors refuse, warnings are said.

    Those of models and templates look at the program alone, which the tests do before a release.
    """
    from django.core.checks import Tags
    from django.core.checks.registry import registry

    of_the_program = {Tags.models, Tags.templates, Tags.commands}
    checks = [each for each in registry.get_checks() if of_the_program.isdisjoint(each.tags)]
    made = [message for each in checks for message in each(app_configs=None, databases=None)]
    found = [each for each in made if not each.is_silenced()]
    for each in found:
        if not each.is_serious():
            print(f"essor: {each.msg} {each.hint or ''}".strip(), file=sys.stderr, flush=True)
    wrong = [f"{each.msg} {each.hint or ''}".strip() for each in found if each.is_serious()]
    if wrong:
        raise Refusal("the settings are refused.\n  " + "\n  ".join(wrong))


def bring_database_up_to_date(*, migrate: bool) -> None:
    """Run the missing migrations, or refuse where they were not to be run."""
    from django.core.management import call_command
    from django.db import Error, connection
    from django.db.migrations.executor import MigrationExecutor

    try:
        _knock()
        if _all_recorded():
            return
        executor = MigrationExecutor(connection)
        missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
        if missing and not migrate:
            raise Refusal(f"{len(missing)} migrations are missing. Start without --no-migrate.")
        if missing:
            call_command("migrate", interactive=False, verbosity=0)
        elif migrate:
            executor.check_replacements()  # squashed ones count as run, also once the old are gone
    except Error as trouble:
        raise Refusal(f"the database does not answer: {trouble}".strip()) from trouble
    finally:
        connection.close()


def _all_recorded() -> bool:
    """Whether every migration whose file is there was run: then nothing has to be read of them.

    Only their names are looked at; where one is not recorded, Django reads them all and decides.
    """
    from django.apps import apps
    from django.db import connection
    from django.db.migrations.recorder import MigrationRecorder

    there = {
        (app.label, each.name)
        for app in apps.get_app_configs()
        for each in iter_modules([f"{app.path}/migrations"])
        if not each.ispkg and each.name[0] not in "_~"
    }
    return there <= set(MigrationRecorder(connection).applied_migrations())


def need_a_house(*, of_this_version: bool = True) -> None:
    """Refuse where no house stands, or one of another version; looking makes nothing.

    A command with a wrong ``ESSOR_DATA`` would otherwise work on an empty house beside the real one.
    """
    from django.conf import settings
    from django.db import Error, connection
    from django.db.migrations.executor import MigrationExecutor

    file = connection.settings_dict["NAME"]
    none_here = Refusal(
        f"no house has been opened in {settings.DATA}. Name its folder in ESSOR_DATA, as the "
        "server does; essor serve opens a new one."
        if connection.vendor == "sqlite"
        else f"no house has been opened in the database {file}. Is ESSOR_DATABASE the server's?"
    )
    if connection.vendor == "sqlite" and not os.path.exists(file):
        raise none_here
    try:
        _knock()
        executor = MigrationExecutor(connection)
        applied = set(executor.loader.applied_migrations)
        missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except Error as trouble:
        raise Refusal(f"the database does not answer: {trouble}".strip()) from trouble
    finally:
        connection.close()
    if not applied:
        raise none_here
    if of_this_version and missing:
        raise Refusal(
            f"the database is of an older version: {len(missing)} migrations are missing. Start "
            "the house once (essor serve), then try again."
        )


def _knock() -> None:
    """Fail at once where no PostgreSQL answers, instead of waiting for the pool to give up."""
    from django.db import OperationalError, connection

    if connection.vendor == "postgresql":
        import psycopg

        from essor.ledger.live.listening import direct_address

        try:
            psycopg.connect(direct_address(), connect_timeout=5).close()
        except psycopg.Error as trouble:
            raise OperationalError(str(trouble)) from trouble
