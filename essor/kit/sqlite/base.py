"""SQLite, where writers of one process take turns instead of knocking.

SQLite has one write lock and no queue: whoever finds it taken sleeps a little and tries again, up
to a tenth of a second each time, and luck decides who is next. With several threads that register
people, some wait many turns. Here the threads of a process stand in line for ``BEGIN IMMEDIATE``;
another process (the worker) still meets them at SQLite's own lock.
"""

import threading
from collections import deque
from typing import Any

from django.db import OperationalError
from django.db.backends.sqlite3 import base

LONGEST = 20.0
"""Seconds to wait for one's turn, as for SQLite's own lock."""


class Turn:
    """A lock that is handed on in the order in which it was asked for."""

    def __init__(self) -> None:
        self.guard = threading.Lock()
        self.waiting: deque[threading.Lock] = deque()
        self.taken = False

    def take(self, seconds: float) -> bool:
        """Wait until it is ours; False when that took too long."""
        with self.guard:
            if not self.taken:
                self.taken = True
                return True
            called = threading.Lock()
            called.acquire()
            self.waiting.append(called)
        if called.acquire(timeout=seconds):
            return True
        with self.guard:
            if called in self.waiting:
                self.waiting.remove(called)
                return False
            return True  # it was handed over in the last moment

    def give(self) -> None:
        with self.guard:
            if self.waiting:
                self.waiting.popleft().release()
            else:
                self.taken = False


_turns: dict[str, Turn] = {}


class DatabaseWrapper(base.DatabaseWrapper):
    """Takes its turn with the transaction and gives it on with its end, however it ends."""

    turn: Turn | None = None

    def _start_transaction_under_autocommit(self) -> None:
        turn = _turns.setdefault(str(self.settings_dict["NAME"]), Turn())
        if not turn.take(LONGEST):
            raise OperationalError("database is locked")
        self.turn = turn
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]
        except BaseException:
            self._give_turn()
            raise

    def _commit(self) -> Any:
        done = super()._commit()  # type: ignore[misc]
        self._give_turn()
        return done

    def _rollback(self) -> Any:
        try:
            return super()._rollback()  # type: ignore[misc]
        finally:
            self._give_turn()

    def _close(self) -> Any:
        try:
            return super()._close()  # type: ignore[misc]
        finally:
            self._give_turn()

    def _give_turn(self) -> None:
        if self.turn is not None:
            turn, self.turn = self.turn, None
            turn.give()
