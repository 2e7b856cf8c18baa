"""Waiting for the database to change, without asking it all the time.

SQLite tells with ``PRAGMA data_version`` (microseconds, no lock) whether another connection wrote.
PostgreSQL wakes those who LISTEN, on a connection of their own that no pooler stands before.
"""

import time
from typing import Protocol

from django.db import connection, transaction

from essor.kit.prepared import known_cursor

CHANNEL = "essor_live"
TICK = 0.25
"""Seconds between two looks at SQLite, and the longest wait for a notification."""


class Changes(Protocol):
    """Something to wait on; ``close`` gives its connection back."""

    def wait(self) -> bool:
        """Wait a tick at most; whether something may have changed since the last call."""
        ...

    def close(self) -> None: ...


def watch() -> Changes:
    if connection.vendor != "postgresql":
        return SqliteChanges()
    from essor.ledger.live.listening import PostgresChanges  # noqa: PLC0415 - psycopg is heavy

    return PostgresChanges()


def announce(room: str) -> None:
    """Tell the other processes, once this transaction is kept, that ``room`` has a new line.

    Sent after the commit rather than in it: a transaction that notifies holds a lock over its
    commit, so that all would commit one by one. A notification lost with its process is made up
    for by the reading every ``SAFETY`` seconds. SQLite needs none.
    """
    if connection.vendor == "postgresql":
        transaction.on_commit(lambda: _notify(room), robust=True)


def _notify(room: str) -> None:
    with known_cursor() as cursor:
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
