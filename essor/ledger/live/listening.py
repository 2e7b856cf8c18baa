"""Being told by PostgreSQL that the ledger has new lines: LISTEN on a connection of its own."""

import time

import psycopg
from django.conf import settings
from django.db import connection
from psycopg.conninfo import make_conninfo

from essor.ledger.live.changes import CHANNEL, TICK

SAFETY = 2.0
"""Seconds after which PostgreSQL is read even when no notification came."""


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
