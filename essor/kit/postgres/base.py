"""PostgreSQL, whose restart costs the next visitor nothing, and which plans what is known once.

After a restart every connection that a pool keeps is dead. The pool's own check pauses twice as
long after each dead one it meets (a second, two, four): with eight of them visitors wait in vain.
Here the first dead one has the whole pool looked through at once. Where PostgreSQL does not answer
yet, the pool looks again sooner than after a second, then two, then four. A connection that was used
a moment ago is not asked whether it lives: a server that went away has closed it, which shows here.

Django sends each statement with its values written in, which PostgreSQL parses and plans each time.
``known_cursor`` sends statement and values apart, and has the statement prepared in the connection.
``soon`` lets a statement wait for the next one: see ``essor.kit.postgres.waiting``.
Behind PgBouncer, which lends another connection to each transaction, there is no pool of ours, and
statements are sent one by one, as Django sends them.
"""

import select
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db.backends.postgresql import base
from django.db.backends.postgresql.operations import DatabaseOperations
from psycopg import OperationalError
from psycopg_pool import ConnectionPool
from psycopg_pool.base import AttemptWithBackoff

from essor.kit.postgres.waiting import AnyCursor, KnownCursor

KNOWN_AFTER = 1
"""How often a statement is sent whole before it is prepared."""
LOOKS = 3
"""Dead connections one visitor meets at most: others may put theirs back in the meantime."""
SURELY = 5.0
"""Seconds after its last use during which a connection is only looked at, and not asked."""

# The pool waits so long before it looks again for a server that is away, and each time longer by
# so much: one that was away for three seconds is found within two more. It has no setting for it.
AttemptWithBackoff.INITIAL_DELAY, AttemptWithBackoff.DELAY_BACKOFF = 0.1, 1.5


class Operations(DatabaseOperations):
    """Tells also of statements that shared a packet what was sent, if without the values."""

    def last_executed_query(self, cursor: Any, sql: str, params: Any) -> str:
        return super().last_executed_query(cursor, sql, params) or sql


class DatabaseWrapper(base.DatabaseWrapper):
    """Lends no connection that does not answer, and sends together what may wait."""

    ops_class = Operations

    def __init__(self, *told: Any, **how: Any) -> None:
        super().__init__(*told, **how)
        self.waiting: list[tuple[str, Sequence[Any]]] = []
        self.ours = "pool" in self.settings_dict["OPTIONS"]
        """Whether connections are this process's own, not lent by a pooler."""

    def get_connection_params(self) -> dict[str, Any]:
        told: dict[str, Any] = super().get_connection_params()
        if self.ours:
            told["prepare_threshold"] = KNOWN_AFTER
            told["cursor_factory"] = AnyCursor
        return told

    def create_cursor(self, name: str | None = None) -> Any:
        cursor = super().create_cursor(name)
        cursor.house = self
        return cursor

    def known_cursor(self) -> Any:
        """A cursor for what is asked again and again: see ``essor.kit.prepared``."""
        if not self.ours:
            return self.cursor()
        self.ensure_connection()
        cursor = KnownCursor(self.connection)
        cursor.house = self
        return self._prepare_cursor(cursor)  # type: ignore[attr-defined]

    def soon(self, sql: str, values: Sequence[Any] = ()) -> None:
        """Send ``sql`` before or with the next statement, and at the latest with the commit.

        For what cannot fail but by a fault of ours: its error shows under that next statement.
        Outside a transaction nothing waits.
        """
        if self.ours and self.in_atomic_block:
            self.waiting.append((sql, values))
            return
        with self.known_cursor() as cursor:
            cursor.execute(sql, values)

    def send_waiting(self) -> None:
        if self.waiting:
            with self.along():
                pass

    @contextmanager
    def along(self) -> Iterator[None]:
        """What waits is sent in one packet with what is executed inside by known cursors."""
        if not self.ours:
            yield
            return
        self.ensure_connection()
        waiting, self.waiting = self.waiting, []
        with self.wrap_database_errors, self.connection.pipeline():
            for sql, values in waiting:
                with self.known_cursor() as cursor:
                    cursor.execute(sql, values)
            yield

    def chunked_cursor(self) -> Any:
        self.send_waiting()
        return super().chunked_cursor()

    def _savepoint(self, sid: str) -> None:
        self.soon(self.ops.savepoint_create_sql(sid))

    def _savepoint_commit(self, sid: str) -> None:
        """A savepoint that nothing came after need not be made at all."""
        if self.waiting and self.waiting[-1][0] == self.ops.savepoint_create_sql(sid):
            self.waiting.pop()
        else:
            self.soon(self.ops.savepoint_commit_sql(sid))

    def _savepoint_rollback(self, sid: str) -> None:
        """What still waits came after the savepoint, or after the place where it still waits."""
        told = [sql for sql, _ in self.waiting]
        made = self.ops.savepoint_create_sql(sid)
        if made in told:
            del self.waiting[told.index(made) + 1 :]
            return
        self.waiting.clear()
        super()._savepoint_rollback(sid)  # type: ignore[misc]

    def _commit(self) -> None:
        """The commit shares its packet with what waits: where that fails, nothing is committed."""
        if not self.waiting:
            return super()._commit()  # type: ignore[misc, no-any-return]
        with self.along():
            super()._commit()  # type: ignore[misc]
        return None

    def _rollback(self) -> None:
        self.waiting.clear()
        super()._rollback()  # type: ignore[misc]

    def _close(self) -> None:
        self.waiting.clear()
        if self.connection is not None:
            self.connection.last_used = time.monotonic()
        super()._close()  # type: ignore[misc]

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        for _ in range(LOOKS):
            connection = super().get_new_connection(conn_params)
            if not self.pool or _answers(connection):
                return connection
            self.pool.putconn(connection)
            self.pool.check()
        return super().get_new_connection(conn_params)


def _answers(connection: Any) -> bool:
    """Whether PostgreSQL is there: seen from the socket shortly after use, else asked."""
    used = getattr(connection, "last_used", None)
    if used is not None and time.monotonic() - used < SURELY:
        return not _spoken_to(connection)
    try:
        ConnectionPool.check_connection(connection)
    except OperationalError:
        return False
    return True


def _spoken_to(connection: Any) -> bool:
    """Whether something came in unasked: a server that goes away says so, or closes."""
    look = select.poll()
    look.register(connection.fileno(), select.POLLIN)
    return bool(look.poll(0))
