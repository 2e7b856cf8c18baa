"""Waiting for the database to change, without asking it all the time.

SQLite tells with ``PRAGMA data_version`` (microseconds, no lock) whether another connection wrote.
PostgreSQL wakes those who LISTEN, on a connection of their own that no pooler stands before.
"""

import time
from typing import Protocol

import psycopg
import structlog
from django.conf import settings
from django.db import connection, transaction
from psycopg.conninfo import make_conninfo

log = structlog.get_logger("essor.live")
CHANNEL = "essor_live"
TICK = 0.25
"""Seconds between two looks at SQLite, and the longest wait for a notification."""
SAFETY = 2.0
"""Seconds after which PostgreSQL is read even when no notification came."""


class Changes(Protocol):
    """Something to wait on; ``close`` gives its connection back."""

    def wait(self) -> bool:
        """Wait a tick at most; whether something may have changed since the last call."""
        ...

    def close(self) -> None: ...


def watch() -> Changes:
    return PostgresChanges() if connection.vendor == "postgresql" else SqliteChanges()


def announce(room: str) -> None:
    """Tell the other processes, once this transaction is kept, that ``room`` has a new line.

    Sent after the commit rather than in it: a transaction that notifies holds a lock over its
    commit, so that all would commit one by one. A notification lost with its process is made up
    for by the reading every ``SAFETY`` seconds. SQLite needs none.
    """
    if connection.vendor == "postgresql":
        transaction.on_commit(lambda: _notify(room), robust=True)


def _notify(room: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, room])


class SqliteChanges:
    """Looks at the version number that SQLite raises whenever another connection commits."""

    def __init__(self) -> None:
        self.seen: int | None = None

    def wait(self) -> bool:
        time.sleep(TICK)
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA data_version")
            now: int = cursor.fetchone()[0]
        changed: bool = now != self.seen
        self.seen = now
        return changed

    def close(self) -> None:
        self.seen = None
        connection.close()


class PostgresChanges:
    """Listens on a direct connection (ESSOR_DATABASE_DIRECT past a pooler)."""

    def __init__(self) -> None:
        self.listener: psycopg.Connection | None = None
        self.read_at = 0.0

    def wait(self) -> bool:
        if self.listener is None:
            self.listener = psycopg.connect(direct_address(), autocommit=True)
            self.listener.execute(f"LISTEN {CHANNEL}")
            return True
        told = list(self.listener.notifies(timeout=TICK, stop_after=1))
        if told or time.monotonic() - self.read_at > SAFETY:
            self.read_at = time.monotonic()
            return True
        return False

    def close(self) -> None:
        if self.listener is not None:
            self.listener.close()
            self.listener = None
        connection.close()


def direct_address() -> str:
    """How psycopg reaches PostgreSQL itself: ESSOR_DATABASE_DIRECT, else the ordinary address."""
    of = {**connection.settings_dict, **(settings.DATABASE_DIRECT or {})}
    parts = {
        "dbname": "NAME",
        "user": "USER",
        "password": "PASSWORD",
        "host": "HOST",
        "port": "PORT",
    }
    return make_conninfo(**{name: str(of[key]) for name, key in parts.items() if of.get(key)})
