"""PostgreSQL, whose restart costs the next visitor nothing, and which plans what is known once.

After a restart every connection that a pool keeps is dead. The pool's own check pauses twice as
long after each dead one it meets (a second, two, four): with eight of them visitors wait in vain.
Here the first dead one has the whole pool looked through at once.

Django sends each statement with its values written in, which PostgreSQL parses and plans each time.
``known_cursor`` sends statement and values apart, and has the statement prepared in the connection.
Behind PgBouncer, which lends another connection to each transaction, there is no pool of ours, and
statements are sent as Django sends them.
"""

from typing import Any

from django.db.backends.postgresql import base
from psycopg import Cursor, OperationalError
from psycopg_pool import ConnectionPool

KNOWN_AFTER = 1
"""How often a statement is sent whole before it is prepared."""
LOOKS = 3
"""Dead connections one visitor meets at most: others may put theirs back in the meantime."""


class DatabaseWrapper(base.DatabaseWrapper):
    """Lends no connection that does not answer."""

    def get_connection_params(self) -> dict[str, Any]:
        told: dict[str, Any] = super().get_connection_params()
        if "pool" in self.settings_dict["OPTIONS"]:
            told["prepare_threshold"] = KNOWN_AFTER
        return told

    def known_cursor(self) -> Any:
        """A cursor for what is asked again and again: see ``essor.kit.prepared``."""
        if "pool" not in self.settings_dict["OPTIONS"]:
            return self.cursor()
        self.ensure_connection()
        return self._prepare_cursor(Cursor(self.connection))  # type: ignore[attr-defined]

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        for _ in range(LOOKS):
            connection = super().get_new_connection(conn_params)
            if not self.pool or _answers(connection):
                return connection
            self.pool.putconn(connection)
            self.pool.check()
        return super().get_new_connection(conn_params)


def _answers(connection: Any) -> bool:
    try:
        ConnectionPool.check_connection(connection)
    except OperationalError:
        return False
    return True
