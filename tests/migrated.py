"""A database brought up to date once, and copied after that: migrating takes seconds each time.

The copy is named after everything that makes a migration what it is, so that a changed migration
is run again: on SQLite a file in ``build/tests``, on PostgreSQL a template database of the cluster.
Processes that begin together wait for the first one to make it.
"""

import fcntl
import hashlib
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import Any

import psycopg
from django.apps import apps
from django.conf import settings
from django.db import connection, transaction
from django.test.utils import setup_databases
from psycopg import sql

KEPT = Path(__file__).resolve().parents[1] / "build" / "tests"


def set_up() -> list[Any]:
    """Make the test database; what ``teardown_databases`` wants of it."""
    with one_at_a_time():
        copied = bring_copy()
        if not copied:
            made = _set_up(keep=False)
            keep_copy()
            return made
    return _set_up(keep=on_sqlite())


def _set_up(*, keep: bool) -> list[Any]:
    return setup_databases(
        verbosity=0, interactive=False, aliases={"default"}, serialized_aliases=set(), keepdb=keep
    )


@contextmanager
def one_at_a_time() -> Iterator[None]:
    KEPT.mkdir(parents=True, exist_ok=True)
    with (KEPT / "lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def name_of_the_copy() -> str:
    """Another name for other migrations, models or libraries that bring some."""
    made_of = hashlib.sha256()
    for app in sorted(apps.get_app_configs(), key=lambda app: app.label):
        folder = Path(app.path)
        if settings.BASE_DIR in folder.parents and "site-packages" not in folder.parts:
            for file in sorted((folder / "migrations").glob("*.py")):
                made_of.update(file.name.encode() + file.read_bytes())
    made_of.update((settings.BASE_DIR / "essor" / "kit" / "migrating.py").read_bytes())
    for library in ("django", "django-allauth", "django-tasks-db"):
        made_of.update(version(library).encode())
    return f"essor_migrated_{made_of.hexdigest()[:16]}"


def on_sqlite() -> bool:
    return "sqlite" in settings.DATABASES["default"]["ENGINE"]


def sqlite_copy() -> Path:
    return KEPT / f"{name_of_the_copy()}.sqlite3"


def bring_copy() -> bool:
    """Put the copy where the test database is expected; False where there is none yet."""
    test = settings.DATABASES["default"]["TEST"]
    if on_sqlite():
        if not sqlite_copy().exists():
            return False
        shutil.copyfile(sqlite_copy(), test["NAME"])
        return True
    with _cluster() as server:
        name = name_of_the_copy()
        if not server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            return False
    test["TEMPLATE"] = name
    return True


def as_it_came() -> Callable[[object], None]:
    """What brings the database back to how it is now, after each test that really commits.

    Django empties each table instead, a hundred and fifty of them, which takes a tenth of a second
    on SQLite and one on PostgreSQL, and what migrations brought would have to be put back.
    """
    return _as_it_came_on_sqlite() if on_sqlite() else _as_it_came_on_postgres()


def _as_it_came_on_sqlite() -> Callable[[object], None]:
    """The whole file is copied back, in milliseconds."""
    kept = sqlite3.connect(":memory:")
    with closing(sqlite3.connect(connection.settings_dict["NAME"])) as now:
        now.backup(kept)

    def bring_back(case: object) -> None:
        connection.close()
        with closing(sqlite3.connect(connection.settings_dict["NAME"], timeout=20)) as database:
            database.execute("PRAGMA synchronous=OFF")
            kept.backup(database, progress=nobody_writes)

    return bring_back


def nobody_writes(status: int, remaining: int, total: int) -> None:
    """Fail instead of waiting for ever for a connection that a test left at work."""
    if status in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
        raise sqlite3.OperationalError("a connection of the test still holds the database")


ROWS = "SELECT {} WHERE EXISTS (SELECT FROM public.{})"
NEITHER_KEPT_NOR_EMPTIED = {"django_migrations"}  # what the tables are, not what is in them


def _as_it_came_on_postgres() -> Callable[[object], None]:
    """Tables with rows are emptied; those few that had some get them back from copies.

    Foreign keys are looked at when all is done, for the order of the tables does not matter.
    """
    with connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA IF EXISTS kept CASCADE; CREATE SCHEMA kept")
        told = sql.SQL("; ").join(_kept(cursor, table) for table in _with_rows(cursor))

    def bring_back(case: object) -> None:
        connection.close()
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = '20s'")
            for table in _with_rows(cursor):
                cursor.execute(sql.SQL("DELETE FROM public.{}").format(sql.Identifier(table)))
            cursor.execute(told)

    return bring_back


def _with_rows(cursor: Any) -> list[str]:
    cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
    tables = [name for (name,) in cursor.fetchall() if name not in NEITHER_KEPT_NOR_EMPTIED]
    asked = [sql.SQL(ROWS).format(sql.Literal(name), sql.Identifier(name)) for name in tables]
    cursor.execute(sql.SQL(" UNION ALL ").join(asked))
    return [name for (name,) in cursor.fetchall()]


def _kept(cursor: Any, name: str) -> sql.Composed:
    """Copy a table; how its rows are put back."""
    table = sql.Identifier(name)
    cursor.execute(sql.SQL("CREATE TABLE kept.{} AS TABLE public.{}").format(table, table))
    cursor.execute(sql.SQL("SELECT * FROM kept.{} LIMIT 0").format(table))
    columns = sql.SQL(", ").join(sql.Identifier(each.name) for each in cursor.description or ())
    return sql.SQL("INSERT INTO public.{} ({}) SELECT {} FROM kept.{}").format(
        table, columns, columns, table
    )


@contextmanager
def empty_database() -> Iterator[None]:
    """Another database, without any table, in the place of the tests' own."""
    ours = connection.settings_dict["NAME"]
    other = f"{ours}_empty"
    connection.close()
    _make_empty(other)
    connection.settings_dict["NAME"] = other
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = ours
        _drop(other)


def _make_empty(name: str) -> None:
    _drop(name)
    if not on_sqlite():
        with _cluster() as server:
            server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))


def _drop(name: str) -> None:
    if on_sqlite():
        for ending in ("", "-wal", "-shm"):
            Path(f"{name}{ending}").unlink(missing_ok=True)
        return
    with _cluster() as server:
        server.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name)))


def keep_copy() -> None:
    """Keep the test database, just migrated, for those that come after."""
    connection.close()
    if on_sqlite():
        for old in KEPT.glob("essor_migrated_*"):
            old.unlink()
        made = KEPT / f"making-{os.getpid()}"
        made.unlink(missing_ok=True)
        with sqlite3.connect(connection.settings_dict["NAME"]) as source:
            source.execute("VACUUM INTO ?", [str(made)])
        source.close()
        made.replace(sqlite_copy())
        return
    with _cluster() as server:
        server.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(
                sql.Identifier(name_of_the_copy()),
                sql.Identifier(connection.settings_dict["NAME"]),
            )
        )


def _cluster() -> psycopg.Connection:
    return psycopg.connect(
        os.environ["ESSOR_DATABASE"].rsplit("/", 1)[0] + "/postgres", autocommit=True
    )
