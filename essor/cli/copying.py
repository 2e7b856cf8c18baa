"""Copying a whole database and putting it back: SQLite by itself, PostgreSQL with its own tools."""

import os
import shutil
import sqlite3
import subprocess
import time
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.db import connection

from essor.cli import Refusal

SQLITE, POSTGRES = "database.sqlite3", "database.dump"
TRIES = 30


def copy_database(folder: Path) -> Path:
    """Write a consistent copy into ``folder`` while others go on working; its path."""
    if connection.vendor == "postgresql":
        copy = folder / POSTGRES
        _postgres_tool("pg_dump", "--format=custom", "--no-owner", f"--file={copy}")
        return copy
    copy = folder / SQLITE
    try:
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(copy)])
    finally:
        connection.close()
    check_copy(folder)
    return copy


def check_copy(folder: Path) -> None:
    """Refuse a copy that cannot be read back whole."""
    if connection.vendor == "postgresql":
        _postgres_tool("pg_restore", "--list", str(folder / POSTGRES), connect=False)
        return
    try:
        with closing(sqlite3.connect(folder / SQLITE)) as copy:
            said = [row[0] for row in copy.execute("PRAGMA integrity_check")]
            said += [str(row) for row in copy.execute("PRAGMA foreign_key_check")]
            copy.execute("SELECT count(*) FROM django_migrations")
    except sqlite3.Error as bad:
        raise Refusal(f"the copy cannot be read: {bad}.") from bad
    if said != ["ok"]:
        raise Refusal(f"the copy is damaged: {'; '.join(said[:3])}")


def database_is_empty() -> bool:
    """Whether nothing has been kept here yet."""
    from essor.ledger.models import Entry

    tables = connection.introspection.table_names()
    empty = Entry._meta.db_table not in tables or not Entry.objects.exists()
    connection.close()
    return empty


def put_database_back(folder: Path) -> None:
    """Put the copy in the place of the present database; SQLite's old file is kept beside it."""
    if connection.vendor == "postgresql":
        _nobody_else_is_in()
        _postgres_tool("pg_restore", "--clean", "--if-exists", "--no-owner", "--exit-on-error",
                       "--single-transaction", str(folder / POSTGRES), database="--dbname")  # fmt: skip
        return
    place = Path(connection.settings_dict["NAME"])
    connection.close()
    beside = f"{place.name}.before-{datetime.now(UTC):%Y%m%d-%H%M%S}"
    for ending in ("", "-wal", "-shm"):
        file = place.with_name(place.name + ending)
        if file.exists():
            file.rename(place.with_name(beside + ending))
    shutil.move(folder / SQLITE, place)


def _nobody_else_is_in() -> None:
    """Refuse while a house uses the database: it would write into what is being replaced."""
    import psycopg

    from essor.ledger.live.listening import direct_address

    connection.close_pool()  # type: ignore[attr-defined]
    question = (
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
        " AND backend_type = 'client backend' AND pid <> pg_backend_pid()"
    )
    with psycopg.connect(direct_address(), autocommit=True) as alone:
        for _ in range(TRIES):  # our own connections take a moment to go
            row = alone.execute(question).fetchone()
            if not (others := row[0] if row else 0):
                return
            time.sleep(0.1)
    raise Refusal(
        f"{others} other connections use this database. Stop the house first, on every machine "
        "that serves it."
    )


def _postgres_tool(
    name: str, *words: str, connect: bool = True, database: str = "--dbname"
) -> None:
    """Run one of PostgreSQL's programs; the password never shows in the list of processes."""
    of = {**connection.settings_dict, **(settings.DATABASE_DIRECT or {})}
    environment = {**os.environ, "PGPASSWORD": str(of.get("PASSWORD") or "")}
    names = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER"}
    environment |= {variable: str(of[key]) for variable, key in names.items() if of.get(key)}
    connection.close()
    command = [_program(name), *words, *([f"{database}={of['NAME']}"] if connect else [])]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise Refusal(f"{name} failed: {done.stderr.strip()[-500:]}")


def _program(name: str) -> str:
    found = shutil.which(name)
    if found:
        return found
    kept = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda p: int(p.parts[4]))
    if not kept:
        raise Refusal(f"{name} is not installed (Debian: apt-get install postgresql-client).")
    return str(kept[-1])
