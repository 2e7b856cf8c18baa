"""PostgreSQL, whose restart costs the next visitor nothing.

After a restart every connection that a pool keeps is dead. The pool's own check pauses twice as
long after each dead one it meets (a second, two, four): with eight of them visitors wait in vain.
Here the first dead one has the whole pool looked through at once.
"""

from typing import Any

from django.db.backends.postgresql import base
from psycopg import OperationalError
from psycopg_pool import ConnectionPool

LOOKS = 3
"""Dead connections one visitor meets at most: others may put theirs back in the meantime."""


class DatabaseWrapper(base.DatabaseWrapper):
    """Lends no connection that does not answer."""

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
